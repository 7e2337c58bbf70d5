namespace Shop.Checker.Promises;

internal static class ClientRecordMatches
{
    public static IEnumerable<string> Violations(Evidence evidence) =>
        [.. Existence(evidence), .. evidence.Record.Orders.SelectMany(order => AsTold.Violations(order, evidence.Orders.Orders.GetValueOrDefault(order.OrderId ?? default)))];

    private static IEnumerable<string> Existence(Evidence evidence)
    {
        var orders = evidence.Orders.Orders;
        var keys = evidence.Orders.Keys.ToLookup(key => (key.MemberId, key.Key), key => key.OrderId);
        var requested = evidence.Record.Orders;

        foreach (var accepted in requested.Where(order => order.OrderId is not null))
        {
            var order = orders.GetValueOrDefault(accepted.OrderId!.Value);
            if (order is null)
                yield return $"Order {accepted.OrderId} was accepted (key {accepted.Key}), but does not exist.";
            else if (order.MemberId != accepted.MemberId)
                yield return $"Order {accepted.OrderId} was accepted from member {accepted.MemberId}, but belongs to {order.MemberId}.";
            else if (!order.HasEnded)
                yield return $"Order {accepted.OrderId} was accepted (key {accepted.Key}) and is still {order.Status}.";
            if (keys[(accepted.MemberId, accepted.Key)].Any(id => id != accepted.OrderId))
                yield return $"Key {accepted.Key} was answered with order {accepted.OrderId}, but is stored for {string.Join(", ", keys[(accepted.MemberId, accepted.Key)])}.";
        }

        foreach (var refused in requested.Where(order => order.IsRefused && keys.Contains((order.MemberId, order.Key))))
            yield return $"Key {refused.Key} of member {refused.MemberId} was refused, but is stored for order {keys[(refused.MemberId, refused.Key)].First()}.";

        foreach (var twice in requested.Where(order => order.OrderId is not null).GroupBy(order => order.OrderId).Where(uses => uses.Count() > 1))
            yield return $"Order {twice.Key} was the answer to {twice.Count()} keys.";

        var members = requested.Select(order => order.MemberId).ToHashSet();
        var expected = requested.Select(order => (order.MemberId, order.Key)).ToHashSet();
        var explained = evidence.Orders.Keys.Where(key => expected.Contains((key.MemberId, key.Key))).Select(key => key.OrderId)
            .Concat(requested.Select(order => order.OrderId).OfType<Guid>()).ToHashSet();
        foreach (var order in orders.Values.Where(order => members.Contains(order.MemberId) && !explained.Contains(order.Id)))
            yield return $"Order {order.Id} of member {order.MemberId} exists, but no client requested it.";
    }
}
