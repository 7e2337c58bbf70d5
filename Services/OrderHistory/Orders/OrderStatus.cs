namespace Shop.OrderHistory.Orders;

/// <summary>Ordering's statuses, as in its contract.</summary>
internal static class OrderStatus
{
    public const string Pending = "pending";
    public const string Confirmed = "confirmed";
    public const string Dispatched = "dispatched";
    public const string Delivered = "delivered";
    public const string Rejected = "rejected";
    public const string Cancelling = "cancelling";
    public const string Cancelled = "cancelled";

    public static readonly IReadOnlyList<string> All = [Pending, Confirmed, Dispatched, Delivered, Rejected, Cancelling, Cancelled];
}
