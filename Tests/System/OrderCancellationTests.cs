using System.Net;
using System.Text.Json;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>Whatever cancels an order, nothing of it is left.</summary>
public sealed class OrderCancellationTests(RunningShop shop)
{
    [Fact]
    public async Task A_cancelled_order_gives_back_money_goods_and_coupon_and_is_never_sent()
    {
        var member = await shop.SignUpAsync();
        var coupon = await CouponTests.WelcomeAsync(member);
        var product = await shop.ProductWithStockAsync(5);
        var order = await member.PlaceOrderWithAsync(coupon, product, 2);
        await order.BecomesAsync("confirmed");
        var shipment = await order.ShipmentBecomesAsync("created");

        using (var answer = await order.CancelAsync("the wrong colour"))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        await order.IsCancelledAsync("cancelled_by_member");
        Assert.Equal(shipment, await order.ShipmentBecomesAsync("called_off"));
        await GivenBackAsync(order, product, 5);
        Assert.Equal("usable", await CouponTests.StatusAsync(member, coupon));
        Assert.Equal(HttpStatusCode.Conflict, await MoveAsync(shipment, "dispatch"));
        using var again = await order.CancelAsync();
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_pending_order_is_cancelled_while_its_payment_waits()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);
        Order order;
        await using (await shop.NoProviderAsync())
        {
            order = await member.PlaceOrderAsync(product, 2);
            using var answer = await order.CancelAsync();
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            await order.IsCancelledAsync("cancelled_by_member");
        }

        await GivenBackAsync(order, product, 5);
    }

    [Theory]
    [InlineData("fail", "delivery_failed")]
    [InlineData("refund", "cancelled_by_operator")]
    public async Task What_has_left_is_refunded_when_its_delivery_fails_or_an_operator_says_so(string how, string reason)
    {
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        var product = await shop.ProductWithStockAsync(5);
        var order = await member.PlaceOrderAsync(product, 1);
        await order.BecomesAsync("confirmed");
        var shipment = await order.ShipmentBecomesAsync("created");
        Assert.Equal(HttpStatusCode.NoContent, await MoveAsync(shipment, "dispatch"));
        await order.StatusIsAsync("dispatched");
        using (var late = await order.CancelAsync())
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);

        if (how == "fail")
            Assert.Equal(HttpStatusCode.NoContent, await MoveAsync(shipment, "fail", new { reason = "lost" }));
        else
        {
            using var answer = await @operator.SendAsync(HttpMethod.Post, $"/api/v1/ops/orders/{order.Id}/refund", new { reason = "broken" }, ("Idempotency-Key", order.Id));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        await order.IsCancelledAsync(reason);
        await GivenBackAsync(order, product, 5);
        await Eventually.TrueAsync(async () =>
        {
            var listed = await @operator.GetAsync("/api/v1/ops/orders?status=cancelled&pageSize=100");
            return listed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("orderId").GetString()).Contains(order.Id);
        }, "operators find it as cancelled");
    }

    private async Task GivenBackAsync(Order order, Product product, long onHand)
    {
        await Eventually.TrueAsync(async () => await shop.StockOfAsync(product) == onHand, "the goods are in stock again");
        await Eventually.TrueAsync(async () => (await shop.ChargesOfAsync(order.Id)).All(charge => Kept(charge) == 0), "the provider keeps nothing of it", TimeSpan.FromSeconds(60));
        var payment = (await order.GetAsync()).GetProperty("payment");
        if (payment.GetProperty("status").GetString() == "refunded")
            Assert.Equal(payment.GetProperty("amount").GetProperty("amount").GetInt64(), payment.GetProperty("refunded").GetProperty("amount").GetInt64());
    }

    private static long Kept(JsonElement charge) => charge.GetProperty("voided").GetBoolean() ? 0
        : Math.Max(charge.GetProperty("captured").GetInt64(), charge.GetProperty("authorised").GetInt64()) - charge.GetProperty("refunded").GetInt64();

    private async Task<HttpStatusCode> MoveAsync(string shipment, string move, object? body = null)
    {
        using var answer = await (await shop.OperatorAsync()).SendAsync(HttpMethod.Post, $"/api/v1/ops/shipments/{shipment}/{move}", body);
        return answer.StatusCode;
    }
}
