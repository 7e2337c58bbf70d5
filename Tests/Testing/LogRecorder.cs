using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Shop.Testing;

/// <summary>Everything that was logged while it listens, at every level: messages, their values, scopes and exceptions.</summary>
public sealed class LogRecorder
{
    private readonly FakeLogCollector _collector = FakeLogCollector.Create(new());

    public bool IsListening { get; set; }

    public string Text => string.Join('\n', _collector.GetSnapshot().Select(Line));

    /// <summary>Instead of every other provider.</summary>
    public void AddTo(ILoggingBuilder logging) =>
        logging.ClearProviders().AddProvider(new FakeLoggerProvider(_collector)).AddFilter<FakeLoggerProvider>(_ => IsListening);

    private static string Line(FakeLogRecord record)
    {
        // Some loggers log text without a format.
        var values = record.State is IReadOnlyList<KeyValuePair<string, string?>> named ? string.Join(' ', named.Select(value => $"{value.Key}={value.Value}")) : "";
        return $"{record.Level} {record.Category}: {record.Message} {values} {string.Join(' ', record.Scopes)} {record.Exception}";
    }
}
