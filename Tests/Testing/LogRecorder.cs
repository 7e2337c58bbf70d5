using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Shop.Testing;

/// <summary>Everything that was logged while it listens, at every level: messages, their values, scopes and exceptions.</summary>
public sealed class LogRecorder : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = [];
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public bool IsListening { get; set; }

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Recording(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Recording(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => recorder.IsListening;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!recorder.IsListening)
                return;

            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            var scopes = new List<string>();
            recorder._scopes.ForEachScope((scope, seen) => seen.Add(scope?.ToString() ?? ""), scopes);
            recorder._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {values} {string.Join(' ', scopes)} {exception}");
        }
    }
}
