using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Orders;

public sealed class OrderOwnerTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
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
    public async Task A_list_names_its_bad_parameters()
    {
        foreach (var token in new[] { "\0", "AAAA", new string('A', 7500) })
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => ordering.As(_member).ListOrdersAsync(new() { PageSize = 101, PageToken = token }).ResponseAsync);

            Assert.Equal((StatusCode.InvalidArgument, "pageSize pageToken"), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
        }
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

    [Fact]
    public async Task What_was_ordered_is_kept_in_both_languages()
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request("names"))).OrderId;
        ordering.Catalog.HasBothNames = false;
        var before = (await ordering.As(_member).PlaceOrderAsync(Request("one-name"))).OrderId;
        ordering.Catalog.HasBothNames = true;

        var line = (await ordering.As(_member).GetOrderAsync(new() { OrderId = order })).Order.Lines.Single();
        var old = (await ordering.As(_member).GetOrderAsync(new() { OrderId = before })).Order.Lines.Single();

        Assert.Equal(("무선 기계식 키보드", "무선 기계식 키보드", "Wireless Keyboard"), (line.Name, line.Names.Ko, line.Names.En));
        Assert.Equal(("무선 기계식 키보드", null), (old.Name, old.Names));
        var placed = OrderPlaced.Parser.ParseFrom((await ordering.QueryAsync<byte[]>("select payload from messaging.outbox where key = @order", new { order })).Single());
        Assert.Equal("Wireless Keyboard", placed.Lines.Single().Names.En);
    }

    [Fact]
    public async Task An_order_from_before_both_names_were_kept_is_still_read()
    {
        var order = (await ordering.As(_member).PlaceOrderAsync(Request("old-row"))).OrderId;
        await ordering.QueryAsync<int>("update orders set lines = jsonb_build_array(lines -> 0 #- '{NameEn}') where id = @order::uuid returning 1", new { order });

        var line = Assert.Single((await ordering.As(_member).ListOrdersAsync(new())).Orders).Lines.Single();

        Assert.Equal(("무선 기계식 키보드", null), (line.Name, line.Names));
    }
}
