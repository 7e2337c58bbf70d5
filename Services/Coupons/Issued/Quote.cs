using Microsoft.EntityFrameworkCore;
using Shop.Coupons.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Coupons.Issued;

/// <summary>What an order would cost with a coupon. Nothing is reserved: the coupon may be gone a moment later.</summary>
internal sealed class Quote(CouponsDb db, TimeProvider clock)
{
    public async Task<QuoteResponse> HandleAsync(QuoteRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var member = check.Uuid("memberId", request.MemberId);
        var (subtotal, currency) = check.Money("subtotal", request.Subtotal);
        check.ThrowIfAny();

        var id = Check.Uuid(request.CouponId) ?? throw new NotFoundException();
        var coupon = await db.Coupons.AsNoTracking().SingleOrDefaultAsync(coupon => coupon.Id == id && coupon.MemberId == member, cancel) ?? throw new NotFoundException();
        var discount = coupon.Quote(subtotal, currency, clock.GetUtcNow());
        return new()
        {
            Subtotal = request.Subtotal,
            Discount = new() { Amount = discount, Currency = currency },
            Total = new() { Amount = subtotal - discount, Currency = currency },
        };
    }
}
