using Grpc.Core;
using Microsoft.Extensions.Options;
using Shop.Ordering.Checkout;
using Shop.Sagas;
using Shop.Sagas.Testing;
using Shop.Testing;

namespace Shop.Ordering.Tests.Checkout;

public sealed class CheckoutSagaTests
{
    private static readonly CheckoutState Order = new()
    {
        OrderId = Guid.CreateVersion7(),
        MemberId = Guid.CreateVersion7(),
        Items = [new(Guid.CreateVersion7(), 2)],
        Total = 25_800,
        Currency = "KRW",
        PaymentToken = "tok_ok",
    };

    [Fact]
    public async Task A_good_checkout_takes_every_step_once()
    {
        var run = await Saga().RunAsync(Order);

        Assert.Equal(["reserve stock", "authorise payment", "confirm stock", "capture payment"], run.Steps);
        Assert.Equal((SagaStatus.Completed, null), (run.Status, run.Reason));
    }

    [Fact]
    public async Task A_declined_card_gives_the_stock_back()
    {
        var run = await Saga().Given("Authorise", Answer.Refused("payment_declined")).RunAsync(Order);

        Assert.Equal(["reserve stock", "authorise payment", "undo reserve stock"], run.Steps);
        Assert.Equal((SagaStatus.Compensated, "payment_declined"), (run.Status, run.Reason));
    }

    [Fact]
    public async Task What_is_not_there_costs_nothing()
    {
        var run = await Saga().Given("Reserve", Answer.Refused("out_of_stock")).RunAsync(Order);

        Assert.Equal(["reserve stock"], run.Steps);
        Assert.Equal("out_of_stock", run.Reason);
    }

    [Fact]
    public async Task A_capture_that_is_refused_undoes_everything_in_reverse()
    {
        var run = await Saga().Given("Capture", Answer.Refused("payment_declined")).RunAsync(Order);

        Assert.Equal(
            ["reserve stock", "authorise payment", "confirm stock", "capture payment", "undo confirm stock", "undo authorise payment", "undo reserve stock"],
            run.Steps);
    }

    private static readonly CheckoutState WithCoupon = Order with { CouponId = Guid.CreateVersion7(), Discount = 2_580, Total = 23_220 };

    [Fact]
    public async Task A_coupon_is_reserved_before_the_payment_and_redeemed_behind_the_pivot()
    {
        var run = await Saga().RunAsync(WithCoupon);

        Assert.Equal(["reserve stock", "reserve coupon", "authorise payment", "confirm stock", "capture payment", "redeem coupon"], run.Steps);
        var asked = Assert.Single(run.Requests<Coupons.V1.ReserveRequest>());
        Assert.Equal(
            (WithCoupon.OrderId, WithCoupon.CouponId!.Value, WithCoupon.MemberId, 25_800L, 2_580L),
            (Guid.Parse(asked.OrderId), Guid.Parse(asked.CouponId), Guid.Parse(asked.MemberId), asked.Subtotal.Amount, asked.Discount.Amount));
        Assert.Equal(23_220, run.Requests<Payments.V1.AuthoriseRequest>().Single().Amount.Amount);
    }

    [Fact]
    public async Task A_coupon_that_another_order_has_got_ends_the_checkout_before_any_money_is_asked_for()
    {
        var run = await Saga().Given("Reserve", Answer.Done, Answer.Refused("coupon_not_usable")).RunAsync(WithCoupon);

        Assert.Equal(["reserve stock", "reserve coupon", "undo reserve stock"], run.Steps);
        Assert.Equal((SagaStatus.Compensated, "coupon_not_usable"), (run.Status, run.Reason));
    }

    [Fact]
    public async Task What_is_undone_gives_the_coupon_back_too()
    {
        var run = await Saga().Given("Capture", Answer.Refused("payment_declined")).RunAsync(WithCoupon);

        Assert.Equal(
            ["reserve stock", "reserve coupon", "authorise payment", "confirm stock", "capture payment",
             "undo confirm stock", "undo authorise payment", "undo reserve coupon", "undo reserve stock"],
            run.Steps);
        Assert.Equal(WithCoupon.OrderId.ToString(), run.Requests<Coupons.V1.RestoreRequest>().Single().OrderId);
    }

    [Fact]
    public async Task A_reservation_of_a_coupon_that_may_have_arrived_is_undone_when_the_time_is_over()
    {
        var run = await Saga().Given("Reserve", Answer.Done, Answer.Fails()).RunAsync(WithCoupon);

        Assert.Equal("timed_out", run.Reason);
        Assert.Equal(["undo reserve coupon", "undo reserve stock"], run.Steps.TakeLast(2));
    }

    /// <summary>Past the pivot there is only forward: the money is taken, so the coupon is used, however long that takes.</summary>
    [Fact]
    public async Task A_coupon_is_redeemed_again_and_again_until_it_is()
    {
        var run = await Saga().Given("Redeem", Answer.Fails(), Answer.Refused("not_reserved"), Answer.Fails(StatusCode.DeadlineExceeded), Answer.Done).RunAsync(WithCoupon);

        Assert.Equal(SagaStatus.Completed, run.Status);
        Assert.Equal(4, run.Steps.Count(step => step == "redeem coupon"));
        Assert.DoesNotContain(run.Steps, step => step.StartsWith("undo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_costs_nothing_asks_nobody_for_money()
    {
        var run = await Saga().RunAsync(WithCoupon with { Discount = 25_800, Total = 0 });

        Assert.Equal(["reserve stock", "reserve coupon", "confirm stock", "redeem coupon"], run.Steps);
        Assert.Equal(["Reserve", "Reserve", "Confirm", "Redeem"], run.Calls);
    }

    [Fact]
    public async Task What_costs_nothing_is_undone_without_money_as_well()
    {
        var run = await Saga().Given("Confirm", Answer.Refused("reservation_expired")).RunAsync(WithCoupon with { Discount = 25_800, Total = 0 });

        Assert.Equal(["reserve stock", "reserve coupon", "confirm stock", "undo reserve coupon", "undo reserve stock"], run.Steps);
    }

    [Fact]
    public async Task An_order_without_a_coupon_asks_nothing_of_coupons()
    {
        var run = await Saga().Given("Capture", Answer.Refused("payment_declined")).RunAsync(Order);

        Assert.Equal(["Reserve", "Authorise", "Confirm", "Capture", "Restock", "Void", "Release"], run.Calls);
    }

    /// <summary>One that was begun before there were coupons goes on.</summary>
    [Fact]
    public void A_state_from_before_there_were_coupons_has_none()
    {
        var state = System.Text.Json.JsonSerializer.Deserialize<CheckoutState>("""
            { "orderId": "019aa5b0-0000-7000-8000-000000000001", "memberId": "019aa5b0-0000-7000-8000-000000000002", "items": [], "total": 5, "currency": "KRW", "paymentToken": "tok_ok" }
            """, System.Text.Json.JsonSerializerOptions.Web)!;

        Assert.Equal((null, 0), (state.CouponId, state.Discount));
    }

    private static SagaTest<CheckoutSaga> Saga() => SagaTest.Of<CheckoutSaga>().With(Options.Create(new CheckoutOptions()));
}
