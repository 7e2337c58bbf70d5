using Shop.Coupons.V1;
using Shop.Messaging;
using Shop.Notifications.Notices;
using Shop.Notifications.Texts;

namespace Shop.Notifications.Events;

internal sealed class NotifyOfCoupon(Notify notify) : IHandle<CouponIssued>
{
    public Task HandleAsync(CouponIssued @event, EventContext context, CancellationToken cancel) => notify.AboutAsync(
        Guid.Parse(@event.MemberId), NotificationKind.CouponIssued, Guid.Parse(@event.CouponId), new()
        {
            CouponKo = @event.Coupon.Name.Ko,
            CouponEn = @event.Coupon.Name.En,
            ExpiresAt = @event.Coupon.ExpiresAt.ToDateTimeOffset(),
        }, cancel);
}
