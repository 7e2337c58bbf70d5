namespace Shop.Ordering.Orders;

/// <summary>Where an order is in its life, in the words of the public API.</summary>
public static class OrderStatus
{
    public const string Pending = "pending";
    public const string Confirmed = "confirmed";
    public const string Rejected = "rejected";
}
