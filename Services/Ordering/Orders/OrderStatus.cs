namespace Shop.Ordering.Orders;

/// <summary>Where an order is in its life, in the words of the public API.</summary>
public static class OrderStatus
{
    public const string Pending = "pending";
    public const string Confirmed = "confirmed";
    public const string Dispatched = "dispatched";
    public const string Delivered = "delivered";
    public const string Rejected = "rejected";

    /// <summary>Nothing comes after these.</summary>
    public static bool IsFinal(string status) => status is Rejected or Delivered;

    /// <summary>The status that an entry of the timeline brought; null for entries that are about something else.</summary>
    public static string? After(string what) => what switch
    {
        "placed" => Pending,
        Confirmed or Dispatched or Delivered or Rejected => what,
        _ => null,
    };
}
