using Shop.Messaging.Definition;

namespace Shop.Messaging.Inbox;

/// <summary>Batches of several partitions that share a transaction.</summary>
internal sealed class DeliveryGroup
{
    private readonly TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Delivery> Deliveries { get; } = [];

    /// <summary>Fails when the transaction does: for whichever of them.</summary>
    public Task Applied => _applied.Task;

    public async Task ApplyAsync(Func<IReadOnlyList<Delivery>, Task> apply)
    {
        try
        {
            await apply(Deliveries);
            _applied.SetResult();
        }
        catch (Exception failure)
        {
            _applied.SetException(failure);
        }
    }
}
