namespace Shop.Coupons.Redemptions;

/// <summary>
/// An order's use of a coupon, and its outcome. It is kept after its end: a command that arrives late or twice must find the decision.
/// One without a coupon is a tombstone: the order was compensated before its Reserve arrived.
/// </summary>
internal sealed class Redemption
{
    private Redemption() { }

    public Guid OrderId { get; private init; }

    public Guid? CouponId { get; private init; }

    /// <summary>In minor units of the coupon's currency.</summary>
    public long Subtotal { get; private init; }

    public long Discount { get; private init; }

    public string Status { get; private set; } = RedemptionStatus.Reserved;

    public DateTimeOffset ReservedAt { get; private init; }

    /// <summary>When it was redeemed, or at last restored.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    public static Redemption Reserve(Guid orderId, Guid couponId, long subtotal, long discount, DateTimeOffset now) =>
        new() { OrderId = orderId, CouponId = couponId, Subtotal = subtotal, Discount = discount, ReservedAt = now };

    public void Redeem(DateTimeOffset now) => (Status, FinishedAt) = (RedemptionStatus.Redeemed, now);

    public void Restore(DateTimeOffset now) => (Status, FinishedAt) = (RedemptionStatus.Restored, now);
}
