using Shop.Messaging.Definition;
using Shop.Messaging.Inbox;
using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests.Consumers;

public sealed class DeliveryGroupTests
{
    private readonly List<int> _applied = [];

    [Fact]
    public async Task Batches_that_come_together_share_one_transaction_up_to_a_size()
    {
        var groups = Groups(() => Task.CompletedTask);
        var (first, second, third) = (groups.Join(Batch(2)), groups.Join(Batch(1)), groups.Join(Batch(1)));
        Assert.Same(first, second);
        Assert.NotSame(first, third);
        await Task.WhenAll(first.Applied, third.Applied);
        Assert.Equal([1, 3], _applied.Order());
        Assert.NotSame(third, groups.Join(Batch(1)));
    }

    [Fact]
    public async Task A_transaction_that_fails_fails_for_all_who_share_it()
    {
        var groups = Groups(() => throw new TimeoutException("the upstream is unavailable"));
        var (first, second) = (groups.Join(Batch(1)), groups.Join(Batch(1)));
        await Assert.ThrowsAsync<TimeoutException>(() => first.Applied);
        await Assert.ThrowsAsync<TimeoutException>(() => second.Applied);
        Assert.Single(_applied);
    }

    private DeliveryGroups Groups(Func<Task> apply) => new(deliveries =>
    {
        lock (_applied)
            _applied.Add(deliveries.Count);
        return apply();
    }, TimeSpan.FromMilliseconds(500), maxSize: 3, TimeProvider.System);

    private static Delivery[] Batch(int size) => [.. Enumerable.Range(0, size).Select(i => new Delivery(
        new(new() { EventId = Guid.CreateVersion7(), Type = "t", Topic = "t", Key = $"{i}", Source = "s", Time = TimeProvider.System.GetUtcNow() }, [], null, null),
        HandlerDefinition.Of<Deposited, KeepEntries>()))];
}
