using Microsoft.EntityFrameworkCore;
using Shop.Coupons.Issued;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Coupons.Redemptions;

/// <summary>
/// Every change of a redemption holds the lock on its coupon's row, so Reserve, Redeem and Restore of one coupon run one after the other, whichever orders they are for.
/// The coupon's row is always locked before the redemption's, so two commands cannot deadlock.
/// </summary>
internal static class Decisions
{
    public static Guid OrderId(string orderId)
    {
        var check = new Check();
        var id = check.Uuid("orderId", orderId);
        check.ThrowIfAny();
        return id;
    }

    /// <summary>Null: there is no such coupon.</summary>
    public static Task<Coupon?> LockCouponAsync(this CouponsDb db, Guid couponId, CancellationToken cancel) =>
        db.Coupons.FromSql($"select * from coupons where id = {couponId} for update").SingleOrDefaultAsync(cancel);

    /// <summary>What is known of the order, with its coupon locked. The coupon is null for a tombstone.</summary>
    public static async Task<(Redemption? Redemption, Coupon? Coupon)> LockOrderAsync(this CouponsDb db, Guid orderId, CancellationToken cancel)
    {
        while (true)
        {
            db.ChangeTracker.Clear();
            var coupon = await db.Coupons.FromSql($"""
                select coupons.* from coupons join redemptions on redemptions.coupon_id = coupons.id where redemptions.order_id = {orderId} for update of coupons
                """).SingleOrDefaultAsync(cancel);
            // A statement of its own after the lock: it sees what the lock's last holder has committed.
            var redemption = await db.Redemptions.SingleOrDefaultAsync(redemption => redemption.OrderId == orderId, cancel);
            // Else a Reserve was committed between the two statements: its coupon is not locked yet.
            if (redemption?.CouponId == coupon?.Id)
                return (redemption, coupon);
        }
    }

    public static RefusedException Restored() => new("restored", "The order gave its coupon back before.");
}
