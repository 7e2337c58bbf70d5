using Microsoft.EntityFrameworkCore;
using Shop.Coupons.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Coupon = Shop.Coupons.Issued.Coupon;

namespace Shop.Coupons.Redemptions;

/// <summary>Sets a coupon aside for an order. Of many orders with one coupon the first to lock its row gets it, and the others find it reserved.</summary>
internal sealed class Reserve(CouponsDb db, TimeProvider clock)
{
    public async Task<ReserveResponse> HandleAsync(ReserveRequest request, CancellationToken cancel)
    {
        var input = ReserveInput.Read(request);
        while (true)
        {
            db.ChangeTracker.Clear();
            try
            {
                var discount = await db.InTransactionAsync(token => ReserveAsync(input, token), cancel);
                return new() { Discount = new() { Amount = discount, Currency = input.Currency } };
            }
            catch (DbUpdateException failure) when (failure.IsUniqueViolation())
            {
                // Another command for this order came in between, of another coupon or a Restore. The next turn sees its outcome.
            }
        }
    }

    private async Task<long> ReserveAsync(ReserveInput input, CancellationToken cancel)
    {
        var coupon = await db.LockCouponAsync(input.CouponId, cancel);
        if (await db.Redemptions.AsNoTracking().SingleOrDefaultAsync(redemption => redemption.OrderId == input.OrderId, cancel) is { } known)
            return Repeat(known, input);
        if (coupon is null || coupon.MemberId != input.MemberId)
            throw Coupon.NotUsable("There is no such coupon.");

        var now = clock.GetUtcNow();
        var discount = coupon.Quote(input.Subtotal, input.Currency, now);
        if (discount != input.Discount)
            throw Coupon.NotUsable("This coupon gives another discount than the order was promised.");

        coupon.Reserve(input.OrderId);
        db.Redemptions.Add(Redemption.Reserve(input.OrderId, input.CouponId, input.Subtotal, discount, now));
        return discount;
    }

    private static long Repeat(Redemption known, ReserveInput input)
    {
        if (known.Status == RedemptionStatus.Restored)
            throw Decisions.Restored();
        if ((known.CouponId, known.Subtotal, known.Discount) != (input.CouponId, input.Subtotal, input.Discount))
            throw new ConflictException("coupon_differs", "The order has a reservation of another coupon or over another amount.");

        return known.Discount;
    }
}
