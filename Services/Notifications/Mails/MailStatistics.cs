using System.Diagnostics;
using System.Diagnostics.Metrics;
using Npgsql;
using Shop.Persistence;
using Shop.Persistence.Replicas;
using Shop.Persistence.Workers;

namespace Shop.Notifications.Mails;

internal static class MailTelemetry
{
    private const string Name = "Shop.Notifications";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);
    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("shop.mail.attempts", "{attempt}", "Mails given to the server, by outcome.");
}

/// <summary>The state of the mail outbox, read every 10 s. One replica reports it for the service: reported by each it would be added up.</summary>
internal sealed partial class MailStatistics(NpgsqlDataSource source, ReplicaWorker replicas, DatabaseReadiness database, TimeProvider clock, ILogger<MailStatistics> logger)
    : RecurringWorker(database, clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private volatile Figures? _figures;
    private bool _hasGauges;

    private sealed record Figures(long Waiting, double OldestAge, long Failed);

    protected override async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        AddGauges();
        _figures = replicas.IsFirst ? await ReadAsync(stopping) : null;
        return Interval;
    }

    protected override TimeSpan OnFailure(Exception failure)
    {
        LogFailed(failure.Message);
        return Interval;
    }

    private void AddGauges()
    {
        if (_hasGauges)
            return;

        _hasGauges = true;
        MailTelemetry.Meter.CreateObservableGauge("shop.mail.waiting", () => Of(figures => figures.Waiting), "{mail}", "Mails that are not sent yet.");
        MailTelemetry.Meter.CreateObservableGauge("shop.mail.oldest.age", () => Of(figures => figures.OldestAge), "s", "Age of the oldest mail that is not sent yet.");
        MailTelemetry.Meter.CreateObservableGauge("shop.mail.failed", () => Of(figures => figures.Failed), "{mail}", "Mails that were refused permanently, or not accepted in time.");
    }

    private IEnumerable<Measurement<T>> Of<T>(Func<Figures, T> value) where T : struct => _figures is { } figures ? [new(value(figures))] : [];

    private async Task<Figures> ReadAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select count(*) filter (where status = 'waiting'),
                coalesce(extract(epoch from now() - min(created_at) filter (where status = 'waiting')), 0)::float8,
                count(*) filter (where status = 'failed')
            from mails where status <> 'sent'
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new(reader.GetInt64(0), reader.GetDouble(1), reader.GetInt64(2));
    }

    [LoggerMessage(LogLevel.Warning, "Waiting mails could not be counted: {Reason}")]
    private partial void LogFailed(string reason);
}
