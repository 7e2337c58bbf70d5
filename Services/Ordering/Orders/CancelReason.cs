namespace Shop.Ordering.Orders;

/// <summary>Why an order is cancelled, in the words of the public API.</summary>
internal static class CancelReason
{
    public const string Member = "cancelled_by_member";
    public const string Operator = "cancelled_by_operator";
    public const string DeliveryFailed = "delivery_failed";
}
