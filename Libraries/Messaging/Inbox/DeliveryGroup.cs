using Shop.Messaging.Definition;

namespace Shop.Messaging.Inbox;

/// <summary>Batches of several partitions that share a transaction.</summary>
internal sealed class DeliveryGroup
{
    private readonly TaskCompletionSource _applied = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Delivery> Deliveries { get; } = [];

    /// <summary>Completes with the shared transaction; faulted if it failed, whichever delivery was the cause.</summary>
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
