using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

internal static class NothingHangs
{
    /// <summary>Overdue sagas are picked up after a delay.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public static IEnumerable<string> Violations(Evidence evidence)
    {
        foreach (var saga in evidence.Sagas.Where(saga => !saga.HasEnded && saga.Late > Grace))
            yield return $"Saga {saga.Type} {saga.Id} of {saga.Service} ({saga.Subject}) is {saga.Status} at '{saga.Step}', {saga.Late:g} past its deadline.";

        var sagas = evidence.Sagas.Where(saga => saga.OrderId is not null).ToLookup(saga => saga.OrderId!.Value);
        foreach (var order in evidence.Orders.Orders.Values)
        {
            var isRunning = sagas[order.Id].Any(saga => !saga.HasEnded);
            if (!order.HasEnded && !isRunning)
                yield return $"Order {order.Id} is {order.Status}, but has no running saga.";
            if (order.HasEnded && isRunning)
                yield return $"Order {order.Id} is {order.Status}, but its saga has not ended.";
            if (order.HasEnded && sagas[order.Id].Any() && !Fits(order.Status, [.. sagas[order.Id]]))
                yield return $"Order {order.Id} is {order.Status}, but {string.Join(" and ", sagas[order.Id].Select(saga => $"its {saga.Type} is {saga.Status}"))}.";
        }

        // Ended sagas are purged some day.
        var compensated = evidence.Record.CompensatedSagas.ToHashSet();
        foreach (var saga in evidence.Sagas.Where(saga => compensated.Contains(saga.Id) && saga.Status != "compensated"))
            yield return $"The compensation of saga {saga.Type} {saga.Id} ({saga.Subject}) was accepted, but it is {saga.Status}.";

        foreach (var reservation in evidence.Stock.Reservations.Values.Where(reservation => reservation.IsHeld))
        {
            if (sagas[reservation.OrderId].All(saga => saga.HasEnded))
                yield return $"Stock is reserved for order {reservation.OrderId}, but no running saga will sell or release it.";
        }

        foreach (var intent in evidence.Payments.Intents.Values.Where(intent => intent.IsReleaseDue))
            yield return $"The payment of order {intent.OrderId} is to be released, but is {intent.Status}.";
    }

    /// <summary>Ended sagas are purged, the checkout's first.</summary>
    private static bool Fits(string order, IReadOnlyList<Saga> sagas)
    {
        var checkout = sagas.FirstOrDefault(saga => saga.Type == "CheckoutSaga")?.Status;
        var isRefunded = sagas.Any(saga => saga is { Type: "RefundSaga", Status: "completed" });
        return order switch
        {
            "rejected" => checkout is null or "compensated" && !isRefunded,
            // The checkout turned back, or was completed and then refunded.
            "cancelled" => checkout is "compensated" ? !isRefunded : isRefunded,
            _ => checkout is null or "completed" && !isRefunded,
        };
    }
}
