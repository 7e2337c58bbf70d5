namespace Shop.Checker.Promises;

internal static class OneOrderPerKey
{
    /// <summary>Keys are kept for 24 hours.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(23);

    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var keys = evidence.Orders.Keys.ToLookup(key => key.OrderId);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var order in evidence.Orders.Orders.Values.Where(order => now - order.PlacedAt < Kept))
        {
            if (keys[order.Id].Count() != 1)
                yield return $"Order {order.Id} was placed with {keys[order.Id].Count()} keys.";
            else if (keys[order.Id].Single().MemberId != order.MemberId)
                yield return $"Order {order.Id} of member {order.MemberId} was placed with a key of member {keys[order.Id].Single().MemberId}.";
        }

        foreach (var key in evidence.Orders.Keys.Where(key => !evidence.Orders.Orders.ContainsKey(key.OrderId)))
            yield return $"Key {key.Key} of member {key.MemberId} stands for order {key.OrderId}, which is not there.";

        foreach (var key in evidence.Orders.Keys.GroupBy(key => (key.MemberId, key.Key)).Where(uses => uses.Count() > 1))
            yield return $"Key {key.Key.Key} of member {key.Key.MemberId} made {key.Count()} orders.";
    }
}
