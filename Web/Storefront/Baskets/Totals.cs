using Shop.Design.Gateway;

namespace Shop.Storefront.Baskets;

/// <param name="CouponId">The coupon that was chosen; null: none.</param>
/// <param name="WhyNot">Why the chosen coupon gives no discount; null: it does, or there is none.</param>
public sealed record Totals(Money Subtotal, Money Discount, Money Total, string? CouponId = null, string? WhyNot = null)
{
    /// <summary>The coupon that an order can use.</summary>
    public string? UsableCoupon => WhyNot is null ? CouponId : null;
}
