using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Orders;

public sealed class BasketOrderTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();
    private readonly string _first = Guid.CreateVersion7().ToString();
    private readonly string _second = Guid.CreateVersion7().ToString();

    [Fact]
    public async Task An_order_has_what_is_in_the_basket_and_its_event_names_the_version()
    {
        foreach (var method in new[] { "Reserve", "Authorise", "Confirm", "Capture" })
            ordering.Upstreams.Answer(method);
        Fill(version: 7, (_first, 2), (_second, 1));

        var placed = await ordering.As(_member).PlaceOrderAsync(FromBasket("key"));

        var order = (await ordering.As(_member).GetOrderAsync(new() { OrderId = placed.OrderId })).Order;
        Assert.Equal([(_first, 2), (_second, 1)], order.Lines.Select(line => (line.ProductId, line.Quantity)));
        var confirmed = await ConfirmedAsync(placed.OrderId);
        Assert.Equal((true, 7), (confirmed.HasBasketVersion, confirmed.BasketVersion));

        var named = await ordering.As(_member).PlaceOrderAsync(Request("named"));
        Assert.False((await ConfirmedAsync(named.OrderId)).HasBasketVersion);
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_whatever_is_in_the_basket_by_now()
    {
        Fill(version: 1, (_first, 2));
        var first = await ordering.As(_member).PlaceOrderAsync(FromBasket("key"));

        Fill(version: 2, (_second, 9));
        Assert.Equal(first, await ordering.As(_member).PlaceOrderAsync(FromBasket("key")));
        Fill(version: 2);
        Assert.Equal(first, await ordering.As(_member).PlaceOrderAsync(FromBasket("key")));

        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
        await RefusedAsync("idempotency_key_reused", Request("key"));
    }

    /// <summary>The first request is accepted, and its order confirmed, while the second one is on its way to the basket.</summary>
    [Fact]
    public async Task A_repetition_that_finds_the_basket_empty_gets_the_first_ones_answer()
    {
        Fill(version: 1, (_first, 2));
        PlaceOrderResponse? first = null;
        ordering.Basket.IsRead = async () =>
        {
            ordering.Basket.IsRead = () => Task.CompletedTask;
            first = await ordering.As(_member).PlaceOrderAsync(FromBasket("key"));
            Fill(version: 1);
        };

        var second = await ordering.As(_member).PlaceOrderAsync(FromBasket("key"));

        Assert.Equal(first, second);
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task An_empty_basket_is_refused_and_does_not_use_up_the_key()
    {
        Fill(version: 3);
        await RefusedAsync("basket_empty", FromBasket("key"));

        Fill(version: 4, (_first, 1));
        Assert.Equal("pending", (await ordering.As(_member).PlaceOrderAsync(FromBasket("key"))).Status);
    }

    [Fact]
    public async Task A_discontinued_product_is_refused_from_the_basket_and_by_name()
    {
        Fill(version: 1, (_first, 1));
        ordering.Catalog.IsDiscontinued = true;
        try
        {
            await RefusedAsync("discontinued", FromBasket("key"));
            await RefusedAsync("discontinued", Request("key"));
            Assert.Equal(0, await ordering.OrdersOfAsync(_member));
        }
        finally
        {
            ordering.Catalog.IsDiscontinued = false;
        }
    }

    [Fact]
    public async Task Lines_together_with_the_basket_are_a_bad_field()
    {
        var request = FromBasket("key");
        request.Lines.Add(new OrderLine { ProductId = _first, Quantity = 1 });

        var failure = await Assert.ThrowsAsync<RpcException>(() => ordering.As(_member).PlaceOrderAsync(request).ResponseAsync);

        Assert.Equal((StatusCode.InvalidArgument, "fromBasket"), (failure.StatusCode, Assert.Single(failure.FieldErrors()).Key));
    }

    /// <summary>What was agreed on stays agreed on.</summary>
    [Fact]
    public async Task An_order_keeps_the_names_and_prices_of_the_moment_it_was_placed()
    {
        (ordering.Catalog.Price, ordering.Catalog.Name) = (1_000, "키보드");
        var quote = await ordering.As(_member).QuoteOrderAsync(new() { Lines = { Request("").Lines } });
        (ordering.Catalog.Price, ordering.Catalog.Name) = (1_200, "키보드 2세대");
        var placed = await ordering.As(_member).PlaceOrderAsync(Request("key"));
        (ordering.Catalog.Price, ordering.Catalog.Name) = (9_999, "키보드 3세대");

        var order = (await ordering.As(_member).GetOrderAsync(new() { OrderId = placed.OrderId })).Order;

        var line = Assert.Single(order.Lines);
        Assert.Equal((2_000, "키보드 2세대", "키보드 2세대", 1_200, 2_400, 2_400), (quote.Total.Amount, line.Name, line.Names.Ko, line.UnitPrice.Amount, line.LineTotal.Amount, order.Total.Amount));
        (ordering.Catalog.Price, ordering.Catalog.Name) = (129_900, "무선 기계식 키보드");
    }

    private void Fill(long version, params (string ProductId, int Quantity)[] items) => ordering.Basket.Content = new()
    {
        Items = { items.Select(item => new Shop.Basket.V1.BasketItem { ProductId = item.ProductId, Quantity = item.Quantity }) },
        Version = version,
    };

    private static PlaceOrderRequest FromBasket(string key)
    {
        var request = Request(key);
        request.Lines.Clear();
        request.FromBasket = true;
        return request;
    }

    private async Task RefusedAsync(string reason, PlaceOrderRequest request)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => ordering.As(_member).PlaceOrderAsync(request).ResponseAsync);
        Assert.Equal((StatusCode.FailedPrecondition, reason), (failure.StatusCode, failure.Reason()));
    }

    private async Task<OrderConfirmed> ConfirmedAsync(string order)
    {
        var payload = await Eventually.IsAsync(
            async () => (await ordering.QueryAsync<byte[]>("select payload from messaging.outbox where key = @order and type like '%.OrderConfirmed'", new { order })).SingleOrDefault(),
            "the order is confirmed", TimeSpan.FromSeconds(30));
        return OrderConfirmed.Parser.ParseFrom(payload);
    }
}
