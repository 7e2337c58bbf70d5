namespace Shop.Checker.Promises;

internal static class OneNotificationEach
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["shop.members.v1.MemberRegistered"] = "welcome",
        ["shop.coupons.v1.CouponIssued"] = "coupon_issued",
        ["shop.ordering.v1.OrderConfirmed"] = "order_confirmed",
        ["shop.ordering.v1.OrderRejected"] = "order_rejected",
        ["shop.ordering.v1.OrderCancelled"] = "order_cancelled",
        ["shop.ordering.v1.OrderDelivered"] = "order_delivered",
        ["shop.shipping.v1.ShipmentDispatched"] = "order_dispatched",
        ["shop.payments.v1.PaymentRefunded"] = "refunded",
    };

    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var made = evidence.Notifications.Made.ToLookup(one => (one.Kind, one.SubjectId));
        foreach (var same in made.Where(same => same.Count() > 1))
            yield return $"There are {same.Count()} notifications {same.Key.Kind} about {same.Key.SubjectId}.";

        // That of a member whose registration was purged from the outbox before there were notifications may wait for ever.
        var registered = evidence.Events.Outbox.Where(row => row.Type == "shop.members.v1.MemberRegistered").Select(row => Guid.Parse(row.Key)).ToHashSet();
        foreach (var waiting in evidence.Notifications.Waiting.Where(waiting => registered.Contains(waiting.MemberId)))
            yield return $"The notification {waiting.Kind} about {waiting.SubjectId} waits for member {waiting.MemberId}, who has registered.";

        var waits = evidence.Notifications.Waiting.Select(one => (one.Kind, one.SubjectId)).ToHashSet();
        foreach (var row in evidence.Events.Outbox.Where(row => Kinds.ContainsKey(row.Type)))
        {
            var expected = (Kinds[row.Type], Guid.Parse(row.Key));
            if (!made.Contains(expected) && !waits.Contains(expected))
                yield return $"Nobody was notified of {row.Type} {row.Id} of {row.Key}.";
        }
    }
}
