namespace Shop.Checker.Promises;

internal static class OneOrderPerKey
{
    /// <summary>How long a key is kept; then it may be used again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan CertainlyKept = TimeSpan.FromHours(23);

    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var keys = evidence.Orders.Keys.ToLookup(key => key.OrderId);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var order in evidence.Orders.Orders.Values.Where(order => now - order.PlacedAt < CertainlyKept))
        {
            if (keys[order.Id].Count() != 1)
                yield return $"Order {order.Id} was placed with {keys[order.Id].Count()} keys.";
            else if (keys[order.Id].Single().MemberId != order.MemberId)
                yield return $"Order {order.Id} of member {order.MemberId} was placed with a key of member {keys[order.Id].Single().MemberId}.";
        }

        foreach (var key in evidence.Orders.Keys.Where(key => !evidence.Orders.Orders.ContainsKey(key.OrderId)))
            yield return $"Key {key.Key} of member {key.MemberId} is stored for order {key.OrderId}, which does not exist.";

        foreach (var uses in evidence.Orders.Keys.GroupBy(key => (key.MemberId, key.Key)))
        {
            var times = uses.Select(use => use.PlacedAt).Order().ToList();
            if (times.Zip(times.Skip(1)).Any(pair => pair.Second - pair.First < Kept))
                yield return $"Key {uses.Key.Key} of member {uses.Key.MemberId} made {times.Count} orders: {string.Join(", ", uses.Select(use => use.OrderId))}.";
        }
    }
}
