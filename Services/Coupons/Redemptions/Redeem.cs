using Google.Protobuf.WellKnownTypes;
using Shop.Coupons.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Coupons.Redemptions;

/// <summary>The order is paid: the coupon is used. Its time does not matter any more, for it was reserved in time.</summary>
internal sealed class Redeem(CouponsDb db, TimeProvider clock)
{
    public async Task<RedeemResponse> HandleAsync(RedeemRequest request, CancellationToken cancel)
    {
        var orderId = Decisions.OrderId(request.OrderId);
        await db.InTransactionAsync(token => RedeemAsync(orderId, token), cancel);
        return new();
    }

    private async Task RedeemAsync(Guid orderId, CancellationToken cancel)
    {
        var (redemption, coupon) = await db.LockOrderAsync(orderId, cancel);
        switch (redemption?.Status)
        {
            case null:
                throw new RefusedException("not_reserved", "The order has no coupon.");
            case RedemptionStatus.Restored:
                throw Decisions.Restored();
            case RedemptionStatus.Reserved:
                var now = clock.GetUtcNow();
                redemption.Redeem(now);
                coupon!.Redeem();
                db.Publish(new CouponRedeemed
                {
                    CouponId = coupon.Id.ToString(),
                    MemberId = coupon.MemberId.ToString(),
                    OrderId = orderId.ToString(),
                    Discount = new() { Amount = redemption.Discount, Currency = coupon.Terms.Currency },
                    RedeemedAt = now.ToTimestamp(),
                });
                break;
        }
    }
}
