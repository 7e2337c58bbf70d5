using Grpc.Core;
using Shop.Ordering.Tests.Running;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Orders;

public sealed class WatchTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Theory]
    [InlineData(0, "2")]
    [InlineData(1, "2")]
    [InlineData(2, "")]
    [InlineData(3, "2")]
    public async Task Of_an_order_that_has_ended_the_first_answer_is_the_last_and_says_so(long after, string sequences)
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request("ended"))).OrderId;
        await ordering.QueryAsync<int>("""
            update orders set status = 'rejected', reason = 'out_of_stock', timeline = timeline || '[{ "At": "2026-03-01T09:00:00+00:00", "What": "rejected" }]'::jsonb
            where id = @order::uuid returning 1
            """, new { order });

        using var watch = ordering.As(_member).WatchOrder(new() { OrderId = order, AfterSequence = after }, cancellationToken: TestContext.Current.CancellationToken);
        var answers = await watch.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        var last = Assert.Single(answers);
        Assert.Equal((true, sequences), (last.Ended, string.Join(' ', last.Changes.Select(change => change.Sequence))));
    }

    /// <summary>A client that connects again after the end gets both at once.</summary>
    [Fact]
    public async Task Why_an_order_is_cancelled_stands_at_each_change_that_follows_from_it()
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request("cancelled"))).OrderId;
        await ordering.QueryAsync<int>("""
            update orders set status = 'cancelled', reason = 'cancelled_by_member', timeline = timeline || '[
                { "At": "2026-03-01T09:00:00+00:00", "What": "confirmed" }, { "At": "2026-03-01T09:01:00+00:00", "What": "cancelling" }, { "At": "2026-03-01T09:02:00+00:00", "What": "cancelled" }]'::jsonb
            where id = @order::uuid returning 1
            """, new { order });

        using var watch = ordering.As(_member).WatchOrder(new() { OrderId = order, AfterSequence = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(["confirmed ", "cancelling cancelled_by_member", "cancelled cancelled_by_member"], watch.ResponseStream.Current.Changes.Select(change => $"{change.Status} {change.Reason}"));
    }

    [Fact]
    public async Task One_that_goes_on_does_not_say_that_it_has_ended()
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request("goes-on"))).OrderId;

        using var watch = ordering.As(_member).WatchOrder(new() { OrderId = order, AfterSequence = 1 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal((false, 0), (watch.ResponseStream.Current.Ended, watch.ResponseStream.Current.Changes.Count));
    }
}
