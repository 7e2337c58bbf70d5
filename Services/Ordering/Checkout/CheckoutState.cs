using Shop.Ordering.Orders;

namespace Shop.Ordering.Checkout;

/// <summary>What the checkout needs to go on wherever it was left: stored with the saga.</summary>
internal sealed record CheckoutState
{
    public required Guid OrderId { get; init; }

    public required Guid MemberId { get; init; }

    public required IReadOnlyList<OrderItem> Items { get; init; }

    /// <summary>What is to be paid, in minor units of <see cref="Currency"/>. 0: there is nothing to pay, and Payments is not called.</summary>
    public required long Total { get; init; }

    /// <summary>In minor units of <see cref="Currency"/>. With <see cref="Total"/> it is the subtotal.</summary>
    public long Discount { get; init; }

    /// <summary>Null: the order uses no coupon.</summary>
    public Guid? CouponId { get; init; }

    public required string Currency { get; init; }

    /// <summary>The provider's token for the means of payment.</summary>
    public required string PaymentToken { get; init; }

    public static CheckoutState Of(Order order, string paymentToken) => new()
    {
        OrderId = order.Id,
        MemberId = order.MemberId,
        Items = [.. order.Lines.Select(line => new OrderItem(line.ProductId, line.Quantity))],
        Total = order.Total,
        Discount = order.Discount,
        CouponId = order.CouponId,
        Currency = order.Currency,
        PaymentToken = paymentToken,
    };
}
