using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Coupons.V1;
using Shop.Messaging;
using Shop.Persistence;

namespace Shop.Coupons.Redemptions;

/// <summary>
/// The order is rejected or cancelled, before or after its payment: the member can use the coupon again, unless it has expired meanwhile.
/// An unknown order is recorded, because its Reserve may still be in flight and must be refused.
/// </summary>
internal sealed class Restore(CouponsDb db, TimeProvider clock)
{
    public async Task<RestoreResponse> HandleAsync(RestoreRequest request, CancellationToken cancel)
    {
        var orderId = Decisions.OrderId(request.OrderId);
        await db.InTransactionAsync(async token =>
        {
            while (!await RestoreAsync(orderId, token))
            {
                // A Reserve of the order was committed while this waited for it.
            }
        }, cancel);
        return new();
    }

    private async Task<bool> RestoreAsync(Guid orderId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (redemption, coupon) = await db.LockOrderAsync(orderId, cancel);
        if (redemption is null)
            return await RememberAsync(orderId, now, cancel);
        if (redemption.Status == RedemptionStatus.Restored)
            return true;

        redemption.Restore(now);
        coupon!.Restore();
        db.Publish(new CouponRestored
        {
            CouponId = coupon.Id.ToString(),
            MemberId = coupon.MemberId.ToString(),
            OrderId = orderId.ToString(),
            RestoredAt = now.ToTimestamp(),
        });
        return true;
    }

    /// <returns>False: it is known after all. Waits for a Reserve that is about to commit.</returns>
    private async Task<bool> RememberAsync(Guid orderId, DateTimeOffset now, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"""
            insert into redemptions (order_id, coupon_id, subtotal, discount, status, reserved_at, finished_at)
            values ({orderId}, null, 0, 0, {RedemptionStatus.Restored}, {now}, {now})
            on conflict (order_id) do nothing
            """, cancel) == 1;
}
