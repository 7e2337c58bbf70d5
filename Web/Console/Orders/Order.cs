using Shop.Console.Sagas;
using Shop.Design.Gateway;
using Shop.Design.Pages;

namespace Shop.Console.Orders;

/// <summary>An order of the API with what only operators see of it.</summary>
/// <param name="Reason">Why it was rejected or cancelled.</param>
/// <param name="Payment">Null before it begins, and where nothing is to be paid.</param>
/// <param name="CancelNote">Why it was cancelled, in somebody's words.</param>
public sealed record Order(
    string OrderId, string MemberId, string Status, string? Reason, string? CancelNote, DateTimeOffset PlacedAt, IReadOnlyList<OrderLine> Lines, Money Subtotal, Money Discount, Money Total,
    OrderPayment? Payment, OrderShipment? Shipment, IReadOnlyList<OrderMoment> Timeline)
{
    internal static IReadOnlyList<string> Statuses { get; } = ["pending", "confirmed", "dispatched", "delivered", "rejected", "cancelling", "cancelled"];

    /// <summary>What was confirmed, wherever its parcel is.</summary>
    public bool CanBeRefunded => Status is "confirmed" or "dispatched" or "delivered";
}

/// <summary>A line of an order.</summary>
public sealed record OrderLine(string ProductId, string Name, int Quantity, Money UnitPrice, Money LineTotal);

/// <summary>How an order was paid.</summary>
public sealed record OrderPayment(string Status, Money Amount, int Attempts, Money? Refunded);

/// <summary>An order's parcel.</summary>
public sealed record OrderShipment(string Id, string Status, string TrackingNumber, DateTimeOffset? DispatchedAt, DateTimeOffset? DeliveredAt);

/// <summary>A moment in an order's life.</summary>
public sealed record OrderMoment(DateTimeOffset At, string What);

/// <summary>What the page of an order shows.</summary>
/// <param name="Sagas">Newest first; null: Ordering does not answer.</param>
public sealed record OrderModel(Order Order, IReadOnlyList<Saga>? Sagas);

/// <summary>What a list of orders shows.</summary>
/// <param name="Number">What was typed as an order's number and is none.</param>
public sealed record OrdersModel(IReadOnlyList<Order> Orders, string? Status, string? MemberId, string? NextPageToken, FormErrors Errors, string? Number = null);
