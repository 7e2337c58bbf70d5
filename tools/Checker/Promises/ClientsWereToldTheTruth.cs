namespace Shop.Checker.Promises;

internal static class ClientsWereToldTheTruth
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var orders = evidence.Orders.Orders;
        var keys = evidence.Orders.Keys.ToLookup(key => (key.MemberId, key.Key), key => key.OrderId);
        var asked = evidence.Record.Orders;

        foreach (var told in asked.Where(order => order.OrderId is not null))
        {
            var order = orders.GetValueOrDefault(told.OrderId!.Value);
            if (order is null)
                yield return $"Order {told.OrderId} was accepted (key {told.Key}), but is not there.";
            else if (order.MemberId != told.MemberId)
                yield return $"Order {told.OrderId} was accepted from member {told.MemberId}, but belongs to {order.MemberId}.";
            else if (!order.HasEnded)
                yield return $"Order {told.OrderId} was accepted (key {told.Key}) and is still {order.Status}.";
            if (keys[(told.MemberId, told.Key)].Any(id => id != told.OrderId))
                yield return $"Key {told.Key} was answered with order {told.OrderId}, but stands for {string.Join(", ", keys[(told.MemberId, told.Key)])}.";
        }

        foreach (var twice in asked.Where(order => order.OrderId is not null).GroupBy(order => order.OrderId).Where(uses => uses.Count() > 1))
            yield return $"Order {twice.Key} was the answer to {twice.Count()} keys.";

        var members = asked.Select(order => order.MemberId).ToHashSet();
        var expected = asked.Select(order => (order.MemberId, order.Key)).ToHashSet();
        var explained = evidence.Orders.Keys.Where(key => expected.Contains((key.MemberId, key.Key))).Select(key => key.OrderId)
            .Concat(asked.Select(order => order.OrderId).OfType<Guid>()).ToHashSet();
        foreach (var order in orders.Values.Where(order => members.Contains(order.MemberId) && !explained.Contains(order.Id)))
            yield return $"Order {order.Id} of member {order.MemberId} is there, but was never asked for.";
    }
}
