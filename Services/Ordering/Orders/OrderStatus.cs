namespace Shop.Ordering.Orders;

/// <summary>Where an order is in its life, in the words of the public API.</summary>
internal static class OrderStatus
{
    public const string Pending = "pending";
    public const string Confirmed = "confirmed";
    public const string Dispatched = "dispatched";
    public const string Delivered = "delivered";
    public const string Rejected = "rejected";

    /// <summary>To be cancelled: its checkout compensates, or its refund saga runs.</summary>
    public const string Cancelling = "cancelling";
    public const string Cancelled = "cancelled";

    /// <summary>In the order of an order's life.</summary>
    public static readonly IReadOnlyList<string> All = [Pending, Confirmed, Dispatched, Delivered, Rejected, Cancelling, Cancelled];

    /// <summary>Nothing comes after these; only an operator's refund cancels a delivered order.</summary>
    public static bool IsFinal(string status) => status is Rejected or Delivered or Cancelled;

    /// <summary>The status that an entry of the timeline brought; null for entries that are about something else.</summary>
    public static string? After(string what) => what switch
    {
        "placed" => Pending,
        Confirmed or Dispatched or Delivered or Rejected or Cancelling or Cancelled => what,
        _ => null,
    };
}
