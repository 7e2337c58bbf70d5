

namespace Shop.Messaging.Outbox;

/// <summary>Operators' hand on the outbox.</summary>
public sealed class OutboxOperations
{
    private readonly RelayRecovery _recovery;
    private readonly OutboxSignals _signals;
    private readonly OutboxStatistics _figures;

    internal OutboxOperations(RelayRecovery recovery, OutboxSignals signals, OutboxStatistics figures) => (_recovery, _signals, _figures) = (recovery, signals, figures);

    /// <summary>Publishes again every retained event since <paramref name="from"/>. Consumers drop what they have applied.</summary>
    public async Task RepublishAsync(DateTimeOffset from, CancellationToken cancel)
    {
        await _recovery.RepublishAsync(from, cancel);
        await _signals.SendShardsAsync(OutboxSignal.All, cancel);
    }

    public Task<OutboxStatus> StatusAsync(CancellationToken cancel) => _figures.ReadAsync(cancel);
}
