using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

internal static class OneChargePerOrder
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var charges = evidence.Charges.ToLookup(charge => charge.OrderId);
        return
        [
            .. evidence.Orders.Orders.Values.SelectMany(order => OfOrder(order, [.. charges[order.Id]], evidence.Payments.Intents.GetValueOrDefault(order.Id))),
            .. evidence.Charges.Where(charge => charge.OrderId is not { } id || !evidence.Orders.Orders.ContainsKey(id))
                .Select(charge => $"Charge {charge.ChargeId} ({charge.IdempotencyKey}) is {charge.State}, but belongs to no order."),
        ];
    }

    private static IEnumerable<string> OfOrder(Order order, IReadOnlyList<Charge> charges, Intent? intent)
    {
        if (charges.Count > 1)
            yield return $"Order {order.Id} is {order.Status} and has {charges.Count} charges: {string.Join(", ", charges.Select(charge => $"{charge.ChargeId} {charge.State}"))}.";

        // What costs nothing is not charged.
        if (order.IsSold && order.Total > 0 && charges.Count == 0)
            yield return $"Order {order.Id} is {order.Status}, but was never charged.";

        foreach (var charge in charges)
        {
            var refunded = intent?.PartlyRefunded ?? 0;
            if (order.IsSold && (charge.Kept != order.Total - refunded || charge.Currency != order.Currency))
                yield return $"Order {order.Id} is {order.Status} and costs {order.Total} {order.Currency}, of which {refunded} are refunded; charge {charge.ChargeId} is {charge.State} with {charge.Kept} {charge.Currency}.";
            if (order.IsUndone && charge.Kept != 0)
                yield return $"Order {order.Id} is {order.Status}, but {charge.Kept} {charge.Currency} are captured.";
            if (order.IsUndone && charge.Held != 0)
                yield return $"Order {order.Id} is {order.Status}, but {charge.Held} {charge.Currency} are still authorised on the card.";
            if (order.HasEnded && intent?.Status != charge.State)
                yield return $"Order {order.Id}: Payments has it as {intent?.Status ?? "unknown"}, the provider as {charge.State}.";
            if (order.HasEnded && intent is not null && intent.Refunded != charge.Refunded)
                yield return $"Order {order.Id}: Payments has {intent.Refunded} {charge.Currency} as refunded, the provider {charge.Refunded}.";
        }
    }
}
