using Shop.Coupons.Issued;
using Shop.Coupons.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Coupons.Redemptions;

/// <summary>What a Reserve asks for, checked. Amounts in minor units of the currency.</summary>
internal sealed record ReserveInput(Guid OrderId, Guid CouponId, Guid MemberId, long Subtotal, long Discount, string Currency)
{
    public static ReserveInput Read(ReserveRequest request)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", request.OrderId);
        var couponId = check.Uuid("couponId", request.CouponId);
        var memberId = check.Uuid("memberId", request.MemberId);
        var (subtotal, currency) = check.Money("subtotal", request.Subtotal);
        var (discount, discountCurrency) = check.Money("discount", request.Discount);
        check.That(discountCurrency == currency, "discount.currency", "must be that of the subtotal");
        check.ThrowIfAny();
        return new(orderId, couponId, memberId, subtotal, discount, currency);
    }
}
