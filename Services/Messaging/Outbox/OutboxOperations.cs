using Shop.Messaging.Outbox;

namespace Shop.Messaging;

/// <summary>Operators' hand on the outbox.</summary>
public sealed class OutboxOperations
{
    private readonly RelayRecovery _recovery;
    private readonly ReplicaSignals _signals;
    private readonly OutboxFigures _figures;

    internal OutboxOperations(RelayRecovery recovery, ReplicaSignals signals, OutboxFigures figures) => (_recovery, _signals, _figures) = (recovery, signals, figures);

    /// <summary>Publishes again every retained event since <paramref name="from"/>. Consumers drop what they have applied.</summary>
    public async Task RepublishAsync(DateTimeOffset from, CancellationToken cancel)
    {
        await _recovery.RepublishAsync(from, cancel);
        await _signals.TellShardsAsync(OutboxSignal.All, cancel);
    }

    public Task<OutboxStatus> StatusAsync(CancellationToken cancel) => _figures.ReadAsync(cancel);
}
