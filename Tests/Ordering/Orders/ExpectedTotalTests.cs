using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Orders;

/// <summary>Nobody is charged what he has not seen.</summary>
public sealed class ExpectedTotalTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();

    [Theory]
    [InlineData(500)]
    [InlineData(4_500_000)]
    public async Task A_price_that_is_another_by_now_is_not_charged(long price)
    {
        ordering.Catalog.Price = price;

        var answer = await PlaceAsync("key", 2_000);

        Assert.Equal(("", 2 * price, "KRW"), (answer.OrderId, answer.ChangedTotal.Amount, answer.ChangedTotal.Currency));
        Assert.Equal(0, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task The_key_is_as_new_for_the_new_total()
    {
        ordering.Catalog.Price = 1_500;
        await PlaceAsync("key", 2_000);

        var answer = await PlaceAsync("key", 3_000);

        Assert.Equal(("pending", null), (answer.Status, answer.ChangedTotal));
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task An_order_that_was_placed_is_answered_again_whatever_its_price_is_now()
    {
        ordering.Catalog.Price = 1_000;
        var first = await PlaceAsync("key", 2_000);
        ordering.Catalog.Price = 9_000_000;

        Assert.Equal(first, await PlaceAsync("key", 2_000));
    }

    /// <summary>The key is new when the repetition queries it, and the price is another when Catalog has answered.</summary>
    [Fact]
    public async Task A_repetition_that_overtakes_its_first_request_answers_the_order_of_that_whatever_its_price_is_now()
    {
        ordering.Catalog.Price = 1_000;
        var first = new PlaceOrderResponse();
        ordering.Catalog.Meanwhile = async () =>
        {
            first = await PlaceAsync("key", 2_000);
            ordering.Catalog.Price = 9_000_000;
        };

        var again = await PlaceAsync("key", 2_000);

        Assert.NotEqual("", first.OrderId);
        Assert.Equal(first, again);
        Assert.Equal(1, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task Another_currency_is_a_bad_field()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => PlaceAsync("key", 2_000, "USD"));

        Assert.Equal(["expectedTotal.currency"], failure.FieldErrors().Keys);
        Assert.Equal(0, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task What_is_no_money_is_a_bad_field()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => PlaceAsync("key", -1, ""));

        Assert.Equal(["expectedTotal.amount", "expectedTotal.currency"], failure.FieldErrors().Keys.Order(StringComparer.Ordinal));
    }

    private async Task<PlaceOrderResponse> PlaceAsync(string key, long total, string currency = "KRW")
    {
        var request = Request(key);
        request.ExpectedTotal = new() { Amount = total, Currency = currency };
        return await ordering.As(_member).PlaceOrderAsync(request);
    }
}
