namespace Shop.Notifications.Texts;

/// <summary>What a notification is about. There is one of each kind about the same member, coupon, order or refund.</summary>
internal static class NotificationKind
{
    public const string Welcome = "welcome";
    public const string CouponIssued = "coupon_issued";
    public const string OrderConfirmed = "order_confirmed";
    public const string OrderRejected = "order_rejected";
    public const string OrderDispatched = "order_dispatched";
    public const string OrderDelivered = "order_delivered";
    public const string OrderCancelled = "order_cancelled";
    public const string Refunded = "refunded";

    public static IReadOnlyList<string> All { get; } = [Welcome, CouponIssued, OrderConfirmed, OrderRejected, OrderDispatched, OrderDelivered, OrderCancelled, Refunded];
}
