using Google.Protobuf.Reflection;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.Testing;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Orders;

/// <summary>Every change of an order is in an event, with the state after it and a version that orders two states.</summary>
public sealed class OrderVersionTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>, IAsyncLifetime
{
    private readonly Guid _member = Guid.CreateVersion7();

    public ValueTask InitializeAsync()
    {
        foreach (var method in new[] { "Reserve", "CallOff" })
            ordering.Upstreams.Answer(method);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_change_on_the_way_to_a_delivery_is_told_once_with_its_state()
    {
        var order = await ConfirmedAsync("delivered");
        await ordering.HandleAsync(shipments => shipments.DispatchedAsync(order));
        await ordering.HandleAsync(shipments => shipments.DispatchedAsync(order));
        await ordering.HandleAsync(shipments => shipments.DeliveredAsync(order));

        var told = await ToldAsync(order);

        Assert.Equal([("OrderPlaced", 1, "pending"), ("OrderConfirmed", 2, "confirmed"), ("OrderChanged", 3, "dispatched"), ("OrderDelivered", 4, "delivered")], told.Select(Short));
        await LastIsAsync(order, told[^1].State);
    }

    [Fact]
    public async Task A_cancellation_and_a_failed_delivery_are_told_from_their_beginning()
    {
        var order = await ConfirmedAsync("failed");
        await ordering.HandleAsync(shipments => shipments.FailedAsync(order));
        await BecomesAsync(order, "cancelled");

        var told = await ToldAsync(order);

        Assert.Equal(
            [("OrderPlaced", 1, "pending"), ("OrderConfirmed", 2, "confirmed"), ("OrderChanged", 5, "cancelling"), ("OrderCancelled", 6, "cancelled")], told.Select(Short));
        Assert.Equal("delivery_failed", told[2].State.Reason);
        Assert.Equal(["placed", "confirmed", "dispatched", "delivery_failed", "cancelling"], told[2].State.Timeline.Select(entry => entry.What));
        await LastIsAsync(order, told[^1].State);
    }

    [Fact]
    public async Task A_members_words_are_told_with_the_cancellation()
    {
        var order = await ConfirmedAsync("cancelled");
        await ordering.As(_member).CancelOrderAsync(new() { OrderId = order, IdempotencyKey = $"cancel-{order}", Reason = "the wrong colour" });
        await BecomesAsync(order, "cancelled");

        var told = await ToldAsync(order);

        Assert.Equal([("OrderChanged", 3, "cancelling"), ("OrderCancelled", 4, "cancelled")], told.Skip(2).Select(Short));
        Assert.All(told.Skip(2), each => Assert.Equal("the wrong colour", each.State.CancelNote));
    }

    [Fact]
    public async Task A_list_goes_on_after_any_order()
    {
        var orders = new List<string>();
        foreach (var key in new[] { "a", "b", "c" })
            orders.Add((await ordering.As(_member).PlaceOrderAsync(Request($"{key}-of-{_member}"))).OrderId);

        var page = await ordering.As(_member).ListOrdersAsync(new() { AfterId = orders[2], PageSize = 1 });

        Assert.Equal([orders[1]], page.Orders.Select(order => order.OrderId));
        Assert.NotEqual("", page.NextPageToken);
        await Answers.FailsAsync(Grpc.Core.StatusCode.InvalidArgument, () => ordering.As(_member).ListOrdersAsync(new() { AfterId = "abc" }).ResponseAsync);
    }

    private static (string Type, int Version, string Status) Short((string Type, OrderState State) told) => (told.Type, told.State.Version, told.State.Status);

    private async Task LastIsAsync(string order, OrderState state)
    {
        var now = (await ordering.As(_member).GetOrderAsync(new() { OrderId = order })).Order;
        Assert.Equal((now.Version, now.Status), (state.Version, state.Status));
        Assert.Equal(now.Timeline.Select(entry => entry.What), state.Timeline.Select(entry => entry.What));
    }

    private async Task<List<(string Type, OrderState State)>> ToldAsync(string order) =>
    [
        .. (await ordering.QueryAsync<(string Type, byte[] Payload)>("select split_part(type, '.', -1), payload from messaging.outbox where key = @order order by position", new { order }))
            .Select(row => (row.Type, StateOf(row.Type, row.Payload))),
    ];

    private static OrderState StateOf(string type, byte[] payload)
    {
        var message = EventsReflection.Descriptor.FindTypeByName<MessageDescriptor>(type).Parser.ParseFrom(payload);
        return (OrderState)message.Descriptor.FindFieldByName("state").Accessor.GetValue(message);
    }

    private async Task<string> ConfirmedAsync(string key)
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request($"{key}-of-{_member}"))).OrderId;
        await BecomesAsync(order, "confirmed");
        return order;
    }

    private Task BecomesAsync(string order, string status) => Eventually.TrueAsync(
        async () => (await ordering.As(_member).GetOrderAsync(new() { OrderId = order })).Order.Status == status, $"the order is {status}", TimeSpan.FromSeconds(30));
}
