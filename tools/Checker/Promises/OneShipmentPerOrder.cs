using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

internal static class OneShipmentPerOrder
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var shipments = evidence.Shipments.ToLookup(shipment => shipment.OrderId);
        return
        [
            .. evidence.Orders.Orders.Values.SelectMany(order => OfOrder(order, [.. shipments[order.Id]])),
            .. evidence.Shipments.Where(shipment => !evidence.Orders.Orders.ContainsKey(shipment.OrderId))
                .Select(shipment => $"Shipment {shipment.Id} is {shipment.Status}, but for no order of the shop."),
        ];
    }

    private static IEnumerable<string> OfOrder(Order order, IReadOnlyList<Shipment> shipments)
    {
        if (shipments.Count > 1)
            yield return $"Order {order.Id} is {order.Status} and has {shipments.Count} shipments: {string.Join(", ", shipments.Select(shipment => $"{shipment.Id} {shipment.Status}"))}.";
        if (order.IsSold && shipments.Count == 0)
            yield return $"Order {order.Id} is {order.Status}, but has no shipment.";

        foreach (var shipment in shipments.Where(shipment => !Fits(order, shipment.Status)))
            yield return $"Order {order.Id} is {order.Status}, but its shipment {shipment.Id} is {shipment.Status}.";
    }

    private static bool Fits(Order order, string shipment) => order.Status switch
    {
        "confirmed" => shipment is "created",
        "dispatched" => shipment is "dispatched",
        "delivered" => shipment is "delivered",
        "cancelling" => true,
        "cancelled" => order.Reason switch
        {
            "delivery_failed" => shipment is "failed",
            // Operators refund an order wherever its parcel is.
            "cancelled_by_operator" => shipment is not "created",
            _ => shipment is "called_off" or "failed",
        },
        _ => false,
    };
}
