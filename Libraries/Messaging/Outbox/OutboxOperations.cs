

namespace Shop.Messaging.Outbox;

/// <summary>Status and republication of the outbox, for operators. Thread-safe; a singleton.</summary>
public sealed class OutboxOperations
{
    private readonly RelayRecovery _recovery;
    private readonly OutboxSignals _signals;
    private readonly OutboxStatistics _statistics;

    internal OutboxOperations(RelayRecovery recovery, OutboxSignals signals, OutboxStatistics statistics) => (_recovery, _signals, _statistics) = (recovery, signals, statistics);

    /// <summary>Publishes every retained event since <paramref name="from"/> again. Consumers drop those that they have applied.</summary>
    public async Task RepublishAsync(DateTimeOffset from, CancellationToken cancel)
    {
        await _recovery.RepublishAsync(from, cancel);
        await _signals.SendShardsAsync(OutboxSignal.All, cancel);
    }

    /// <summary>The backlog, read from the database.</summary>
    public Task<OutboxStatus> StatusAsync(CancellationToken cancel) => _statistics.ReadAsync(cancel);
}
