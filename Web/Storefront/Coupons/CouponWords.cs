using Shop.Design.Gateway;
using Shop.Design.Languages;

namespace Shop.Storefront.Coupons;

/// <summary>A coupon in words.</summary>
internal static class CouponWords
{
    public static string Terms(this Coupon coupon, Wording words)
    {
        var what = coupon is { Kind: "percentage", Percent: { } percent } ? words["coupon.percent", percent] : Price(coupon.Amount, words);
        var most = coupon.MaximumDiscount is { } maximum ? " " + words["coupon.most", Price(maximum, words)] : "";
        var from = coupon.Minimum is { } minimum ? " " + words["coupon.from", Price(minimum, words)] : "";
        return what + most + from;
    }

    /// <summary>Why it cannot be used for that sum; the API's own reason is a sentence in English.</summary>
    public static string WhyNot(this Coupon coupon, Money subtotal, Wording words) => coupon switch
    {
        { Status: not "usable" } => words.OfCode("coupon.whyNot", coupon.Status, "coupon.whyNot"),
        { Minimum: { } minimum } when subtotal.Amount < minimum.Amount => words["coupon.whyNot.minimum", Price(minimum, words), Price(minimum with { Amount = minimum.Amount - subtotal.Amount }, words)],
        _ => words["coupon.whyNot"],
    };

    private static string Price(Money? money, Wording words) => money is null ? "" : words.Price(money.Amount, money.Currency);
}
