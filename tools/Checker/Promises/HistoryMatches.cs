using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

/// <summary>At rest, OrderHistory's rows are what Ordering, Payments and Shipping have.</summary>
internal static class HistoryMatches
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var rows = evidence.History.ToDictionary(row => row.Id);
        var shipments = evidence.Shipments.ToLookup(shipment => shipment.OrderId, shipment => shipment.Status);
        return
        [
            .. evidence.Orders.Orders.Values.SelectMany(order => rows.TryGetValue(order.Id, out var row)
                ? OfOrder(order, row, evidence.Payments.Intents.GetValueOrDefault(order.Id), shipments[order.Id].FirstOrDefault())
                : [$"Order {order.Id} is {order.Status}, but is not in OrderHistory."]),
            .. evidence.History.Where(row => !evidence.Orders.Orders.ContainsKey(row.Id)).Select(row => $"OrderHistory has {row.Id} as {row.Status ?? "unknown"}, which is no order of the shop."),
        ];
    }

    private static IEnumerable<string> OfOrder(Order order, HistoryRow row, Intent? intent, string? shipment)
    {
        if ((row.Status, row.Reason) != (order.Status, order.Reason))
            yield return $"Order {order.Id} is {Text(order.Status, order.Reason)}, but {Text(row.Status, row.Reason)} in OrderHistory.";
        if ((row.MemberId, row.Total, row.Discount, row.Currency) != (order.MemberId, order.Total, order.Discount, order.Currency) || !Lines.Same(row.Lines, order.Lines))
            yield return $"Order {order.Id} has another member, total or lines in OrderHistory.";
        if (row.Shipment != shipment)
            yield return $"The shipment of order {order.Id} is {shipment ?? "none"}, but {row.Shipment ?? "none"} in OrderHistory.";

        // What was released before anything was authorised is no payment.
        var isNone = row.Payment is null && (intent is null or { IsTombstone: true, Status: "voided" or "declined" });
        if (!isNone && (row.Payment, row.Refunded) != (intent?.Status, intent?.Refunded ?? 0))
            yield return $"The payment of order {order.Id} is {intent?.Status ?? "none"}, but {row.Payment ?? "none"} in OrderHistory; refunded are {intent?.Refunded ?? 0} and {row.Refunded}.";
    }

    private static string Text(string? status, string? reason) => reason is null ? status ?? "unknown" : $"{status} ({reason})";
}
