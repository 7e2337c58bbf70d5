using Grpc.Core;
using Shop.Ordering.Tests.Running;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Orders;

public sealed class Whose_order(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Fact]
    public async Task A_member_sees_the_own_orders_and_nobody_elses()
    {
        var mine = (await ordering.As(_member).PlaceOrderAsync(Request("mine"))).OrderId;
        var other = ordering.As(Guid.CreateVersion7());

        Assert.Equal(mine, (await ordering.As(_member).GetOrderAsync(new() { OrderId = mine })).Order.OrderId);
        Assert.Equal(mine, Assert.Single((await ordering.As(_member).ListOrdersAsync(new())).Orders).OrderId);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await other.GetOrderAsync(new() { OrderId = mine }));
        var nothing = await Assert.ThrowsAsync<RpcException>(async () => await other.GetOrderAsync(new() { OrderId = Guid.CreateVersion7().ToString() }));
        Assert.Equal((StatusCode.NotFound, nothing.Status.Detail), (refusal.StatusCode, refusal.Status.Detail));
        Assert.Empty((await other.ListOrdersAsync(new())).Orders);
    }

    [Fact]
    public async Task The_price_is_the_shops_of_that_moment()
    {
        ordering.Catalog.Price = 50_000;
        var order = (await ordering.As(_member).PlaceOrderAsync(Request("price"))).OrderId;
        ordering.Catalog.Price = 99_000;

        var seen = (await ordering.As(_member).GetOrderAsync(new() { OrderId = order })).Order;

        Assert.Equal((100_000L, "KRW"), (seen.Total.Amount, seen.Total.Currency));
    }
}
