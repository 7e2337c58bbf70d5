using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Turns log calls into lines of a resource's log.</summary>
internal sealed class ResourceLogger(Func<IEnumerable<ResourceLog>> logs) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = formatter(state, exception);
        if (exception is not null)
            text = $"{text}{Environment.NewLine}{exception}";
        var time = LogTime.Prefix(TimeProvider.System.GetUtcNow());
        foreach (var log in logs())
        {
            foreach (var line in text.Split('\n'))
                log.AddOwn(time + line.TrimEnd('\r'), logLevel >= LogLevel.Error);
        }
    }
}

internal static class LogTime
{
    /// <summary>The form the dashboard recognises at the beginning of a line and takes out of it.</summary>
    public static string Prefix(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ ", System.Globalization.CultureInfo.InvariantCulture);
}
