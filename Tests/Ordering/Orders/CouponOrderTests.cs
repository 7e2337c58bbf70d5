using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using static Shop.Ordering.Tests.Running.RunningOrdering;

namespace Shop.Ordering.Tests.Orders;

public sealed class CouponOrderTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    private readonly Guid _member = Guid.CreateVersion7();
    private readonly string _coupon = Guid.CreateVersion7().ToString();

    [Fact]
    public async Task An_order_keeps_its_discount_to_the_last_line()
    {
        (ordering.Catalog.Price, ordering.Coupons.Discount, ordering.Coupons.Failure) = (12_345, 2_469, null);

        var placed = await PlaceAsync();
        var order = (await ordering.As(_member).GetOrderAsync(new() { OrderId = placed.OrderId })).Order;

        Assert.Equal((24_690, 2_469, 22_221), (order.Subtotal.Amount, order.Discount.Amount, order.Total.Amount));
        Assert.Equal((24_690, 2_469), (order.Lines.Single().LineTotal.Amount, order.Lines.Single().Discount.Amount));
        Assert.Equal((_coupon, _member.ToString(), 24_690), (ordering.Coupons.LastQuote!.CouponId, ordering.Coupons.LastQuote.MemberId, ordering.Coupons.LastQuote.Subtotal.Amount));
        var told = OrderPlaced.Parser.ParseFrom((await ordering.QueryAsync<byte[]>("select payload from messaging.outbox where key = @key", new { key = placed.OrderId })).Single());
        Assert.Equal((24_690, 2_469, 22_221), (told.Subtotal.Amount, told.Discount.Amount, told.Total.Amount));
    }

    [Fact]
    public async Task What_is_expected_is_the_total_after_the_discount()
    {
        (ordering.Catalog.Price, ordering.Coupons.Discount, ordering.Coupons.Failure) = (10_000, 2_000, null);

        Assert.Equal(18_000, (await PlaceAsync(expected: 20_000)).ChangedTotal.Amount);
        Assert.Equal("pending", (await PlaceAsync(expected: 18_000)).Status);
    }

    [Fact]
    public async Task A_coupon_may_pay_for_everything()
    {
        (ordering.Catalog.Price, ordering.Coupons.Discount, ordering.Coupons.Failure) = (2_500, 5_000, null);

        Assert.Equal("pending", (await PlaceAsync(expected: 0)).Status);
    }

    [Fact]
    public async Task A_coupon_that_cannot_be_used_is_refused_with_why_and_nothing_is_ordered()
    {
        ordering.Coupons.Failure = Failure("coupon_not_usable", StatusCode.FailedPrecondition);
        await RefusedAsync("why");

        // One that is unknown, or another member's.
        ordering.Coupons.Failure = Failure("not_found", StatusCode.NotFound);
        await RefusedAsync("There is no such coupon.");

        Assert.Equal(0, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task Without_coupons_there_are_orders_without_a_coupon()
    {
        ordering.Coupons.Failure = new(new(StatusCode.Unavailable, "away"));

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => PlaceAsync())).StatusCode);
        Assert.Equal("pending", (await ordering.As(_member).PlaceOrderAsync(Request("without"))).Status);
    }

    [Fact]
    public async Task A_quote_names_every_bad_field()
    {
        var lines = new[] { new OrderLine { ProductId = Guid.CreateVersion7().ToString(), Quantity = 0 }, new OrderLine { ProductId = "no id", Quantity = int.MaxValue } };

        var failure = await Assert.ThrowsAsync<RpcException>(() => ordering.As(_member).QuoteOrderAsync(new() { Lines = { lines }, CouponId = "none" }).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(["couponId", "items[0].quantity", "items[1].productId", "items[1].quantity"], failure.FieldErrors().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_quote_is_what_the_order_costs()
    {
        (ordering.Catalog.Price, ordering.Coupons.Discount, ordering.Coupons.Failure) = (12_345, 2_469, null);

        var quote = await ordering.As(_member).QuoteOrderAsync(new() { Lines = { Request("").Lines }, CouponId = _coupon });
        var plain = await ordering.As(_member).QuoteOrderAsync(new() { Lines = { Request("").Lines } });

        Assert.Equal((24_690, 2_469, 22_221, "KRW"), (quote.Subtotal.Amount, quote.Discount.Amount, quote.Total.Amount, quote.Total.Currency));
        Assert.Equal((24_690, 0, 24_690), (plain.Subtotal.Amount, plain.Discount.Amount, plain.Total.Amount));
        Assert.Equal(0, await ordering.OrdersOfAsync(_member));
    }

    [Fact]
    public async Task A_quote_with_somebody_elses_coupon_is_not_found()
    {
        ordering.Coupons.Failure = Failure("not_found", StatusCode.NotFound);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await ordering.As(_member).QuoteOrderAsync(new() { Lines = { Request("").Lines }, CouponId = _coupon }));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task An_order_from_before_there_were_coupons_has_no_discount()
    {
        ordering.Catalog.Price = 1_000;
        var placed = await ordering.As(_member).PlaceOrderAsync(Request("old"));
        await ordering.QueryAsync<int>("""
            update orders set lines = (select jsonb_agg(line - 'Discount') from jsonb_array_elements(lines) line) where id = @id returning 1
            """, new { id = Guid.Parse(placed.OrderId) });

        var order = (await ordering.As(_member).GetOrderAsync(new() { OrderId = placed.OrderId })).Order;

        Assert.Equal((2_000, 0, 2_000, 0), (order.Subtotal.Amount, order.Discount.Amount, order.Total.Amount, order.Lines.Single().Discount.Amount));
    }

    private async Task RefusedAsync(string why)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => PlaceAsync());
        Assert.Equal((StatusCode.FailedPrecondition, "coupon_not_usable", why), (failure.StatusCode, failure.Reason(), failure.Status.Detail));
    }

    private async Task<PlaceOrderResponse> PlaceAsync(long? expected = null)
    {
        var request = Request($"key-{expected}");
        request.CouponId = _coupon;
        request.ExpectedTotal = expected is { } total ? new() { Amount = total, Currency = "KRW" } : null;
        return await ordering.As(_member).PlaceOrderAsync(request);
    }

    private static RpcException Failure(string reason, StatusCode status)
    {
        var details = new Google.Rpc.Status { Code = (int)status, Message = "why", Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new Google.Rpc.ErrorInfo { Reason = reason, Domain = "shop" }) } };
        return new(new(status, "why"), new Metadata { { "grpc-status-details-bin", Google.Protobuf.MessageExtensions.ToByteArray(details) } });
    }
}
