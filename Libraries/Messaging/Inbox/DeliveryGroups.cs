using Shop.Messaging.Definition;

namespace Shop.Messaging.Inbox;

/// <summary>
/// Events that a relay publishes together arrive on several partitions at nearly the same time: their batches are collected for a few milliseconds and share one
/// transaction. A partition has one batch in progress at a time, so its order is kept; and two groups never hold events of one key.
/// </summary>
internal sealed class DeliveryGroups(Func<IReadOnlyList<Delivery>, Task> apply, TimeSpan batchDelay, int maxSize, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DeliveryGroup? _open;

    public DeliveryGroup Join(IReadOnlyList<Delivery> deliveries)
    {
        lock (_gate)
        {
            if (_open is null || _open.Deliveries.Count + deliveries.Count > maxSize)
            {
                _open = new();
                _ = CloseAsync(_open);
            }
            _open.Deliveries.AddRange(deliveries);
            return _open;
        }
    }

    private async Task CloseAsync(DeliveryGroup group)
    {
        await Task.Delay(batchDelay, clock);
        lock (_gate)
        {
            if (_open == group)
                _open = null;
        }
        await group.ApplyAsync(apply);
    }
}
