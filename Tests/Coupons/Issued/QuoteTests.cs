using Grpc.Core;
using Shop.Coupons.Issued;
using Shop.Coupons.Tests.Running;

namespace Shop.Coupons.Tests.Issued;

public sealed class QuoteTests(RunningCoupons coupons)
{
    [Theory]
    [InlineData(10, null, 10_000L, 25_989, 2_598)]
    [InlineData(10, null, 10_000L, 999_999, 10_000)]
    [InlineData(10, null, null, 999_999, 99_999)]
    [InlineData(100, null, null, 7, 7)]
    [InlineData(33, null, null, 1, 0)]
    [InlineData(99, null, null, 10_000_000_000_000_000, 9_900_000_000_000_000)]
    [InlineData(null, 5_000L, null, 30_000, 5_000)]
    [InlineData(null, 5_000L, null, 4_999, 4_999)]
    [InlineData(null, 5_000L, 3_000L, 30_000, 3_000)]
    [InlineData(null, 5_000L, null, 0, 0)]
    public void A_discount_is_rounded_down_and_never_above_the_subtotal(int? percent, long? amount, long? maximum, long subtotal, long discount) =>
        Assert.Equal(discount, new CouponTerms { Percent = percent, Amount = amount, MaximumDiscount = maximum, Currency = "KRW" }.DiscountOf(subtotal));

    [Fact]
    public async Task A_quote_has_subtotal_discount_and_total_and_reserves_nothing()
    {
        var (member, coupon) = await coupons.CouponAsync(percent: 10, minimum: 20_000, maximum: 10_000);

        var quote = await QuoteAsync(member, coupon, 25_989);

        Assert.Equal((25_989, 2_598, 23_391, "KRW"), (quote.Subtotal.Amount, quote.Discount.Amount, quote.Total.Amount, quote.Total.Currency));
        Assert.Equal("usable", await coupons.StatusAsync(member, coupon));
    }

    [Fact]
    public async Task A_total_may_be_nothing()
    {
        var (member, coupon) = await coupons.CouponAsync(amount: 50_000);

        Assert.Equal((25_000, 0), (await QuoteAsync(member, coupon, 25_000)) is var quote ? (quote.Discount.Amount, quote.Total.Amount) : default);
    }

    [Fact]
    public async Task A_coupon_below_its_minimum_expired_in_another_currency_or_in_use_is_refused_with_why()
    {
        var (member, coupon) = await coupons.CouponAsync(minimum: 20_000);
        await QuoteAsync(member, coupon, 20_000);
        Assert.Equal("This coupon needs an order of at least 20000 KRW.", await WhyNotAsync(member, coupon, 19_999));
        Assert.Equal("This coupon is for orders in KRW.", await WhyNotAsync(member, coupon, 20_000, "USD"));

        var order = Guid.CreateVersion7();
        await coupons.Coupons.ReserveAsync(RunningCoupons.Reserve(order, member, coupon));
        Assert.Equal("Another order is using this coupon.", await WhyNotAsync(member, coupon, 20_000));
        await coupons.Coupons.RedeemAsync(new() { OrderId = order.ToString() });
        Assert.Equal("This coupon has been used.", await WhyNotAsync(member, coupon, 20_000));

        var (another, expired) = await coupons.CouponAsync();
        await coupons.ExpireAsync(expired);
        Assert.Equal("This coupon has expired.", await WhyNotAsync(another, expired, 20_000));
    }

    [Fact]
    public async Task Somebody_elses_coupon_is_not_found()
    {
        var (_, coupon) = await coupons.CouponAsync();

        await Answers.FailsAsync(StatusCode.NotFound, () => QuoteAsync(Guid.CreateVersion7(), coupon, 30_000));
        await Answers.FailsAsync(StatusCode.NotFound, () => QuoteAsync(Guid.CreateVersion7(), Guid.Empty, 30_000));
    }

    [Fact]
    public async Task What_is_no_amount_is_a_bad_field()
    {
        var (member, coupon) = await coupons.CouponAsync();

        await Answers.FailsAsync(StatusCode.InvalidArgument, () => QuoteAsync(member, coupon, -1));
        await Answers.FailsAsync(StatusCode.InvalidArgument, () => QuoteAsync(member, coupon, 1, "krw"));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await coupons.Coupons.QuoteAsync(new() { CouponId = coupon.ToString(), MemberId = member.ToString() }));
    }

    private async Task<V1.QuoteResponse> QuoteAsync(Guid member, Guid coupon, long subtotal, string currency = "KRW") => await coupons.Coupons.QuoteAsync(new()
    {
        CouponId = coupon.ToString(), MemberId = member.ToString(), Subtotal = new() { Amount = subtotal, Currency = currency },
    });

    private async Task<string> WhyNotAsync(Guid member, Guid coupon, long subtotal, string currency = "KRW")
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => QuoteAsync(member, coupon, subtotal, currency));
        Assert.Equal((StatusCode.FailedPrecondition, "coupon_not_usable"), (failure.StatusCode, ServiceDefaults.Errors.RpcExceptionExtensions.Reason(failure)));
        return failure.Status.Detail;
    }
}
