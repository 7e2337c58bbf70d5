using Shop.Design.Gateway;

namespace Shop.Storefront.Orders;

/// <summary>An order of the API.</summary>
/// <param name="Reason">Why it was rejected or cancelled.</param>
/// <param name="Payment">Null before it begins, and where nothing is to be paid.</param>
/// <param name="Unavailable">Parts that are null because they are not known at the moment.</param>
public sealed record Order(
    string OrderId, string Status, string? Reason, DateTimeOffset PlacedAt, IReadOnlyList<OrderLine> Lines, Money Subtotal, Money Discount, Money Total,
    OrderPayment? Payment, Shipment? Shipment, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<string>? Unavailable)
{
    /// <summary>Nothing changes any more.</summary>
    public bool IsFinal => Status is "rejected" or "cancelled" or "delivered";

    /// <summary>Until the parcel leaves.</summary>
    public bool CanBeCancelled => Status is "pending" or "confirmed";

    /// <summary>Whether that part is not known at the moment.</summary>
    public bool Lacks(string part) => Unavailable?.Contains(part) == true;
}

/// <summary>A line of an order.</summary>
public sealed record OrderLine(string ProductId, string Name, int Quantity, Money UnitPrice, Money LineTotal);

/// <summary>How an order was paid.</summary>
public sealed record OrderPayment(string Status, Money Amount, int Attempts, Money? Refunded = null);

/// <summary>An order's parcel.</summary>
public sealed record Shipment(string Id, string Status, string TrackingNumber, DateTimeOffset? DispatchedAt, DateTimeOffset? DeliveredAt);

/// <summary>A moment in an order's life.</summary>
public sealed record TimelineEntry(DateTimeOffset At, string What);
