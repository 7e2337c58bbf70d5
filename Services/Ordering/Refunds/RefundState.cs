using Shop.Ordering.Orders;

namespace Shop.Ordering.Refunds;

/// <summary>What the refund needs to go on wherever it was left: stored with the saga.</summary>
internal sealed record RefundState
{
    public required Guid OrderId { get; init; }

    /// <summary>One of <see cref="CancelReason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>0: nothing was paid, and Payments is not called. Minor units.</summary>
    public required long Total { get; init; }

    /// <summary>Null: the order used no coupon.</summary>
    public Guid? CouponId { get; init; }

    /// <summary>An operator refunds an order wherever its parcel is; a member cancels it only until the parcel leaves.</summary>
    public bool EvenIfDispatched => Reason != CancelReason.Member;

    public static RefundState Of(Order order) => new()
    {
        OrderId = order.Id,
        Reason = order.Reason!,
        Total = order.Total,
        CouponId = order.CouponId,
    };
}
