namespace Shop.Checker.Promises;

internal static class NothingHangs
{
    /// <summary>What is due is taken up soon, not at once.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public static IEnumerable<string> Violations(Evidence evidence)
    {
        foreach (var saga in evidence.Sagas.Where(saga => !saga.HasEnded && saga.Late > Grace))
            yield return $"Saga {saga.Type} {saga.Id} of {saga.Service} ({saga.Subject}) is {saga.Status} at '{saga.Step}', {saga.Late:g} past its deadline.";

        var sagas = evidence.Sagas.Where(saga => saga.OrderId is not null).ToLookup(saga => saga.OrderId!.Value);
        foreach (var order in evidence.Orders.Orders.Values)
        {
            var lives = sagas[order.Id].Any(saga => !saga.HasEnded);
            if (!order.HasEnded && !lives)
                yield return $"Order {order.Id} is {order.Status}, and no saga will ever end it.";
            if (order.HasEnded && lives)
                yield return $"Order {order.Id} is {order.Status}, but its saga is not over.";
            if (sagas[order.Id].Any(saga => saga.HasEnded) && sagas[order.Id].All(saga => saga.Status == "completed") && order.IsUndone)
                yield return $"Order {order.Id} is {order.Status}, but its saga went to the good end.";
        }

        foreach (var reservation in evidence.Stock.Reservations.Values.Where(reservation => reservation.IsHeld))
        {
            if (sagas[reservation.OrderId].All(saga => saga.HasEnded))
                yield return $"Stock is reserved for order {reservation.OrderId}, and no saga lives that would ever sell or release it.";
        }

        foreach (var intent in evidence.Payments.Intents.Values.Where(intent => intent.IsOwed))
            yield return $"The money of order {intent.OrderId} is to go back, and is {intent.Status}.";
    }
}
