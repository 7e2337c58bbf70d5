using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using static Shop.Ordering.Tests.Running.RunningOrdering;
using static Shop.Ordering.Tests.Running.ShipmentEvents;

namespace Shop.Ordering.Tests.Orders;

public sealed class ShipmentFollowingTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Fact]
    public async Task An_order_is_dispatched_and_delivered_with_its_shipment()
    {
        var order = await ConfirmedAsync();

        await DispatchedAsync(order);
        Assert.Equal("dispatched", (await GetAsync(order)).Status);
        Assert.Equal([], await ToldAsync(order));
        await DeliveredAsync(order);

        var delivered = await GetAsync(order);
        Assert.Equal("delivered", delivered.Status);
        Assert.Equal(
            [("placed", null), ("confirmed", null), ("dispatched", DispatchedAt), ("delivered", EndedAt)],
            delivered.Timeline.Select((entry, i) => (entry.What, i < 2 ? null : entry.At)));
        Assert.Equal(["OrderDelivered"], await ToldAsync(order));
        var told = OrderDelivered.Parser.ParseFrom((await ordering.QueryAsync<byte[]>("select payload from messaging.outbox where key = @order and type like '%OrderDelivered'", new { order })).Single());
        Assert.Equal((order, _member.ToString(), 2, EndedAt), (told.OrderId, told.MemberId, told.Lines.Single().Quantity, told.DeliveredAt));
    }

    [Fact]
    public async Task Delivered_before_dispatched_ends_in_delivered_all_the_same()
    {
        var order = await ConfirmedAsync();

        await DeliveredAsync(order);
        await DispatchedAsync(order);

        var delivered = await GetAsync(order);
        Assert.Equal("delivered", delivered.Status);
        Assert.Equal(["placed", "confirmed", "dispatched", "delivered"], delivered.Timeline.Select(entry => entry.What));
        Assert.Equal(["OrderDelivered"], await ToldAsync(order));
    }

    [Fact]
    public async Task What_is_told_twice_changes_nothing()
    {
        var order = await ConfirmedAsync();

        await DispatchedAsync(order);
        await DispatchedAsync(order);
        await DeliveredAsync(order);
        await DeliveredAsync(order);

        Assert.Equal(["placed", "confirmed", "dispatched", "delivered"], (await GetAsync(order)).Timeline.Select(entry => entry.What));
        Assert.Equal(["OrderDelivered"], await ToldAsync(order));
    }

    [Fact]
    public async Task An_order_that_was_never_confirmed_has_no_shipment_to_follow()
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request("pending"))).OrderId;

        await Assert.ThrowsAsync<InvalidOperationException>(() => DispatchedAsync(order));

        Assert.Equal("pending", (await GetAsync(order)).Status);
    }

    [Fact]
    public async Task A_watcher_sees_each_status_and_the_stream_ends_with_delivered()
    {
        var cancel = TestContext.Current.CancellationToken;
        var order = await ConfirmedAsync();
        using var watch = ordering.As(_member).WatchOrder(new() { OrderId = order, AfterSequence = 2 }, cancellationToken: cancel);
        Assert.True(await watch.ResponseStream.MoveNext(cancel));
        Assert.False(watch.ResponseStream.Current.Ended);

        await DispatchedAsync(order);
        Assert.True(await watch.ResponseStream.MoveNext(cancel));
        Assert.Equal((false, "dispatched"), (watch.ResponseStream.Current.Ended, watch.ResponseStream.Current.Changes.Single().Status));

        await DeliveredAsync(order);
        Assert.True(await watch.ResponseStream.MoveNext(cancel));
        Assert.Equal((true, "delivered", 4), (watch.ResponseStream.Current.Ended, watch.ResponseStream.Current.Changes.Single().Status, watch.ResponseStream.Current.Changes.Single().Sequence));
        Assert.False(await watch.ResponseStream.MoveNext(cancel));
    }

    private async Task<string> ConfirmedAsync()
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request(Guid.CreateVersion7().ToString()))).OrderId;
        await ordering.QueryAsync<int>("""
            update orders set status = 'confirmed', timeline = timeline || '[{ "At": "2026-02-28T09:00:00+00:00", "What": "confirmed" }]'::jsonb where id = @order::uuid returning 1
            """, new { order });
        return order;
    }

    private async Task<Order> GetAsync(string order) => (await ordering.As(_member).GetOrderAsync(new() { OrderId = order })).Order;

    private Task<List<string>> ToldAsync(string order) => ordering.PublishedAsync(order);

    private Task DispatchedAsync(string order) => ordering.HandleAsync(shipments => shipments.DispatchedAsync(order));

    private Task DeliveredAsync(string order) => ordering.HandleAsync(shipments => shipments.DeliveredAsync(order));
}
