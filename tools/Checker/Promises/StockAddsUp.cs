using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

internal static class StockAddsUp
{
    public static IEnumerable<string> Violations(Evidence evidence) =>
        [.. StockRows(evidence), .. Sales(evidence), .. Initial(evidence)];

    private static IEnumerable<string> StockRows(Evidence evidence)
    {
        var held = Sums(evidence, reservation => reservation.IsHeld);
        return evidence.Stock.Stock.Values.SelectMany(stock => StockRow(stock, held.GetValueOrDefault(stock.ProductId)));
    }

    private static IEnumerable<string> StockRow(Stock stock, long held)
    {
        if (stock.OnHand < 0)
            yield return $"Product {stock.ProductId}: {stock.OnHand} on hand.";
        if (stock.Reserved < 0 || stock.Reserved > stock.OnHand)
            yield return $"Product {stock.ProductId}: {stock.Reserved} reserved of {stock.OnHand} on hand.";
        if (stock.Reserved != held)
            yield return $"Product {stock.ProductId}: {stock.Reserved} reserved, but the reservations hold {held}.";
    }

    private static IEnumerable<string> Sales(Evidence evidence)
    {
        foreach (var order in evidence.Orders.Orders.Values.Where(order => order.IsSold))
        {
            var reservation = evidence.Stock.Reservations.GetValueOrDefault(order.Id);
            if (reservation is not { IsSale: true })
                yield return $"Order {order.Id} is {order.Status}, but its stock is not sold: the reservation is {reservation?.Status ?? "missing"}.";
            else if (!Lines.Same(reservation.Lines, order.Lines))
                yield return $"Order {order.Id}: the lines sold are not those of the order.";
        }

        foreach (var sale in evidence.Stock.Reservations.Values.Where(reservation => reservation.IsSale))
        {
            var order = evidence.Orders.Orders.GetValueOrDefault(sale.OrderId);
            if (order is null || order.IsUndone)
                yield return $"Order {sale.OrderId} is {order?.Status ?? "missing"}, but its stock is sold.";
        }
    }

    private static IEnumerable<string> Initial(Evidence evidence)
    {
        var sales = Sums(evidence, reservation => reservation.IsSale);
        var changes = evidence.Record.StockChanges.ToLookup(change => change.ProductId);
        foreach (var (product, initial) in evidence.Record.Stock)
        {
            var onHand = evidence.Stock.Stock.GetValueOrDefault(product)?.OnHand;
            var sold = sales.GetValueOrDefault(product);
            if (onHand is null)
                yield return $"Product {product} has no stock row; its initial stock was {initial}.";
            else if (!Possible(initial, changes[product]).Contains(onHand.Value + sold))
                yield return $"Product {product}: {onHand} on hand + {sold} sold are not the initial {initial}{Explained([.. changes[product]])}.";
        }
    }

    /// <summary>What may have come into the warehouse: a change that is in doubt happened or did not.</summary>
    private static HashSet<long> Possible(long initial, IEnumerable<StockChange> changes) => changes.Aggregate(new HashSet<long> { initial }, (sums, change) =>
        change.IsInDoubt ? [.. sums, .. sums.Select(sum => sum + change.Change)] : [.. sums.Select(sum => sum + change.Change)]);

    private static string Explained(IReadOnlyList<StockChange> changes) => changes.Count == 0 ? "" :
        $", {changes.Where(change => !change.IsInDoubt).Sum(change => change.Change):+0;-0;+0} by operators"
        + string.Concat(changes.Where(change => change.IsInDoubt).Select(change => $", perhaps {change.Change:+0;-0;+0}"));

    private static Dictionary<Guid, long> Sums(Evidence evidence, Func<Reservation, bool> which) =>
        evidence.Stock.Reservations.Values.Where(which)
            .SelectMany(reservation => reservation.Lines)
            .GroupBy(line => line.Key, line => line.Value)
            .ToDictionary(product => product.Key, product => product.Sum());
}
