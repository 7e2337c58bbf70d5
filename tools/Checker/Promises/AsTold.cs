using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

/// <summary>An accepted order is what was requested, and ends as its clients were told.</summary>
internal static class AsTold
{
    public static IEnumerable<string> Violations(RequestedOrder told, Order? order) => order is null ? [] : [.. AsRequested(told, order), .. AsAccepted(told, order), .. Statuses(told, order)];

    private static IEnumerable<string> AsRequested(RequestedOrder told, Order order)
    {
        if (told.Lines is { } lines && !Lines.Same(lines, order.Lines))
            yield return $"Order {order.Id} (key {told.Key}) does not have the lines that were ordered.";
        if (told.ExpectedTotal is { } total && total != order.Total)
            yield return $"Order {order.Id} (key {told.Key}) was accepted for {total} {order.Currency}, but costs {order.Total}.";
        if (told.Lines is not null && told.Coupon != order.Coupon)
            yield return $"Order {order.Id} (key {told.Key}) was accepted with coupon {told.Coupon?.ToString() ?? "none"}, but has {order.Coupon?.ToString() ?? "none"}.";
    }

    private static IEnumerable<string> AsAccepted(RequestedOrder told, Order order)
    {
        // The parcel may have left before the cancellation reached Shipping.
        if (told.IsCancelled && order.HasEnded && order.Status is not ("cancelled" or "dispatched" or "delivered"))
            yield return $"The cancellation of order {order.Id} was accepted, but it is {order.Status}.";
        if (told.IsRefunded && order.Status != "cancelled")
            yield return $"The refund of order {order.Id} was accepted, but it is {order.Status}.";
        if (told.HasFailedDelivery && order.Status != "cancelled")
            yield return $"The delivery of order {order.Id} failed, but it is {order.Status}.";
        if (told.IsDelivered && order.Status is not ("delivered" or "cancelled"))
            yield return $"Order {order.Id} was delivered, but is {order.Status}.";
    }

    private static IEnumerable<string> Statuses(RequestedOrder told, Order order)
    {
        foreach (var (before, after) in told.Statuses.Zip([.. told.Statuses.Skip(1), order.Status]).Where(pair => !CanFollow(pair.First, pair.Second)))
            yield return $"The member was told that order {order.Id} is {before}, and then that it is {after}.";
    }

    /// <summary>Whether an order in one status may be seen in the other one later.</summary>
    private static bool CanFollow(string before, string after) => before == after || before switch
    {
        "pending" => true,
        "confirmed" => after is "dispatched" or "delivered" or "cancelling" or "cancelled",
        "dispatched" => after is "delivered" or "cancelling" or "cancelled",
        "delivered" => after is "cancelling" or "cancelled",
        // A cancellation that is refused: the parcel had left.
        "cancelling" => after is "cancelled" or "dispatched" or "delivered",
        _ => false,
    };
}
