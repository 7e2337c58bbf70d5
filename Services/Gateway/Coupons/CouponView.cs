using System.ComponentModel.DataAnnotations;
using Shop.Catalog.V1;
using Shop.Coupons.V1;

namespace Shop.Gateway.Coupons;

/// <param name="Kind"><c>percentage</c> or <c>fixed</c>.</param>
/// <param name="Percent">Null: a fixed amount.</param>
/// <param name="Amount">Null: a percentage.</param>
/// <param name="Minimum">The least subtotal; null: any.</param>
/// <param name="MaximumDiscount">Null: no limit.</param>
/// <param name="Status"><c>usable</c>, <c>reserved</c>, <c>redeemed</c> or <c>expired</c>.</param>
internal sealed record CouponView(
    string Id,
    string Name,
    [property: AllowedValues("percentage", "fixed")] string Kind,
    int? Percent,
    Money? Amount,
    Money? Minimum,
    Money? MaximumDiscount,
    DateTime ExpiresAt,
    [property: AllowedValues("usable", "reserved", "redeemed", "expired")] string Status)
{
    public static CouponView Of(Coupon coupon, Language language)
    {
        var isPercentage = coupon.TermsCase == Coupon.TermsOneofCase.Percent;
        return new(
            coupon.CouponId,
            language == Language.En ? coupon.Name.En : coupon.Name.Ko,
            isPercentage ? "percentage" : "fixed",
            isPercentage ? coupon.Percent : null,
            isPercentage ? null : Money.Of(coupon.Amount),
            OptionalMoney(coupon.Minimum),
            OptionalMoney(coupon.MaximumDiscount),
            coupon.ExpiresAt.ToDateTime(),
            coupon.Status);
    }

    private static Money? OptionalMoney(Common.V1.Money? money) => money is null ? null : Money.Of(money);
}
