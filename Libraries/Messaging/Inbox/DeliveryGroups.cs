using Shop.Messaging.Definition;

namespace Shop.Messaging.Inbox;

/// <summary>
/// What a relay publishes together comes back spread over a topic's partitions at nearly the same moment: those batches gather for a few milliseconds and share one
/// transaction instead of one each. A partition still has one batch in hand at a time, so its order is kept; and two groups never hold events of one key.
/// </summary>
internal sealed class DeliveryGroups(Func<IReadOnlyList<Delivery>, Task> apply, TimeSpan gather, int most, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DeliveryGroup? _open;

    public DeliveryGroup Join(IReadOnlyList<Delivery> deliveries)
    {
        lock (_gate)
        {
            if (_open is null || _open.Deliveries.Count + deliveries.Count > most)
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
        await Task.Delay(gather, clock);
        lock (_gate)
        {
            if (_open == group)
                _open = null;
        }
        await group.ApplyAsync(apply);
    }
}
