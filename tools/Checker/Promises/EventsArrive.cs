using Shop.Checker.Events;
using Shop.Checker.Sources;

namespace Shop.Checker.Promises;

internal static class EventsArrive
{
    /// <summary>Consumers that must apply all events of a type. Others must apply all events of each type of which they have applied one.</summary>
    private static readonly (string Service, string Consumer, string Type)[] Known =
    [
        ("catalog", "FollowStock", "shop.inventory.v1.StockChanged"),
        ("basket", "RemoveBought", "shop.ordering.v1.OrderConfirmed"),
        ("catalog", "FollowRatings", "shop.reviews.v1.RatingChanged"),
        ("reviews", "FollowDeliveries", "shop.ordering.v1.OrderDelivered"),
        ("reviews", "FollowMembers", "shop.members.v1.MemberRegistered"),
        ("coupons", "IssueWelcomeCoupon", "shop.members.v1.MemberRegistered"),
        ("inventory", "OpenStock", "shop.catalog.v1.ProductAdded"),
        ("shipping", "CreateShipment", "shop.ordering.v1.OrderConfirmed"),
        ("notifications", "WelcomeMember", "shop.members.v1.MemberRegistered"),
        ("notifications", "NotifyOfCoupon", "shop.coupons.v1.CouponIssued"),
        ("notifications", "NotifyOfOrder", "shop.ordering.v1.OrderConfirmed"),
        ("notifications", "NotifyOfOrder", "shop.ordering.v1.OrderRejected"),
        ("notifications", "NotifyOfOrder", "shop.ordering.v1.OrderCancelled"),
        ("notifications", "NotifyOfOrder", "shop.ordering.v1.OrderDelivered"),
        ("notifications", "NotifyOfOrder", "shop.shipping.v1.ShipmentDispatched"),
        ("notifications", "NotifyOfOrder", "shop.payments.v1.PaymentRefunded"),
        ("ordering", "FollowShipment", "shop.shipping.v1.ShipmentDispatched"),
        ("ordering", "FollowShipment", "shop.shipping.v1.ShipmentDelivered"),
        ("ordering", "FollowShipment", "shop.shipping.v1.ShipmentFailed"),
        ("order-history", "ProjectOrder", "shop.ordering.v1.OrderPlaced"),
        ("order-history", "ProjectOrder", "shop.ordering.v1.OrderConfirmed"),
        ("order-history", "ProjectOrder", "shop.payments.v1.PaymentCaptured"),
        ("order-history", "ProjectOrder", "shop.shipping.v1.ShipmentCreated"),
    ];

    public static IEnumerable<string> Violations(Evidence evidence) =>
        [.. OnTopics(evidence.Events), .. Applied(evidence.Events), .. OrderEvents(evidence), .. ListedStock(evidence)];

    private static IEnumerable<string> OnTopics(EventLog log)
    {
        foreach (var (topic, records) in log.Records)
        {
            var written = log.Outbox.Where(row => row.Topic == topic).ToList();
            var known = written.Select(row => row.Id).ToHashSet();
            var first = records.DistinctBy(record => record.Id).Where(record => known.Contains(record.Id)).ToDictionary(record => record.Id);

            foreach (var row in written)
            {
                if (!first.TryGetValue(row.Id, out var record))
                    yield return $"{row.Type} {row.Id} of {row.Key} was written by {row.Service}, but is not on {topic}.";
                else if (record.Key != row.Key || record.Type != row.Type)
                    yield return $"{row.Type} {row.Id} of {row.Key} is on {topic} as {record.Type} of {record.Key}.";
            }

            foreach (var key in OutOfOrder(written, first))
                yield return $"The events of {key} are on {topic} in another order than they were written, or on several partitions.";

            // A transaction that was rolled back must not have published anything. Records older than the oldest outbox row have been purged from the outbox.
            if (written.Count == 0)
                continue;
            var oldest = written.Min(row => row.Id);
            foreach (var record in records.Where(record => record.Id > oldest && !known.Contains(record.Id)).DistinctBy(record => record.Id))
                yield return $"{record.Type} {record.Id} of {record.Key} is on {topic}, but in no outbox.";
        }
    }

    private static IEnumerable<string> OutOfOrder(List<OutboxEvent> written, Dictionary<Guid, TopicRecord> first)
    {
        // The dictionary is in insertion order: that of the topic's partitions.
        var position = first.Keys.Select((id, index) => (id, index)).ToDictionary(pair => pair.id, pair => pair.index);
        foreach (var key in written.Where(row => first.ContainsKey(row.Id)).GroupBy(row => row.Key))
        {
            var positions = key.Select(row => position[row.Id]).ToList();
            if (!positions.SequenceEqual(positions.Order()) || key.Select(row => first[row.Id].Partition).Distinct().Count() > 1)
                yield return key.Key;
        }
    }

    private static IEnumerable<string> Applied(EventLog log)
    {
        // Parked events are copied to a dead-letter topic without consumers.
        var published = log.Outbox.Where(row => !row.Topic.EndsWith(".dead", StringComparison.Ordinal)).ToList();
        var events = published.ToDictionary(row => row.Id);
        var applied = log.Inbox.Where(mark => events.ContainsKey(mark.EventId))
            .Select(mark => (mark.Service, mark.Consumer, events[mark.EventId].Type));
        var marks = log.Inbox.Select(mark => (mark.Service, mark.Consumer, mark.EventId)).ToHashSet();
        foreach (var (service, consumer, type) in Known.Concat(applied).Distinct())
        {
            foreach (var missed in published.Where(row => row.Type == type && !marks.Contains((service, consumer, row.Id))))
                yield return $"{service}'s {consumer} has not applied {type} {missed.Id} of {missed.Key}.";
        }
    }

    /// <summary>The events of an ended order are those of its status.</summary>
    private static IEnumerable<string> OrderEvents(Evidence evidence)
    {
        var published = evidence.Events.Outbox.Where(row => row.Service == "ordering").ToLookup(row => row.Key, row => row.Type);
        foreach (var order in evidence.Orders.Orders.Values.Where(order => order.HasEnded && published.Contains(order.Id.ToString())))
        {
            if (!Fits(order, type => published[order.Id.ToString()].Count(each => each == $"shop.ordering.v1.{type}")))
                yield return $"Order {order.Id} is {order.Status}, but its events are: {string.Join(", ", published[order.Id.ToString()])}.";
        }
    }

    /// <summary>A cancelled order may have been confirmed, and even delivered, before.</summary>
    private static bool Fits(Order order, Func<string, int> count) =>
        (count("OrderPlaced"), count("OrderConfirmed"), count("OrderRejected"), count("OrderCancelled"), count("OrderDelivered")) switch
        {
            (1, 0, 1, 0, 0) => order.Status == "rejected",
            (1, 1, 0, 0, 0) => order.Status is "confirmed" or "dispatched",
            (1, 1, 0, 0, 1) => order.Status == "delivered",
            (1, 0 or 1, 0, 1, 0) or (1, 1, 0, 1, 1) => order.Status == "cancelled",
            _ => false,
        };

    /// <summary>Catalog's stock equals Inventory's, and Inventory has a stock row of each product.</summary>
    private static IEnumerable<string> ListedStock(Evidence evidence)
    {
        foreach (var stock in evidence.Stock.Stock.Values)
        {
            var listed = evidence.Stock.Listed.GetValueOrDefault(stock.ProductId);
            if (listed?.Available != stock.OnHand - stock.Reserved || listed.Version != stock.Version)
                yield return $"Product {stock.ProductId}: Inventory has {stock.OnHand - stock.Reserved} (version {stock.Version}), Catalog shows {listed?.Available.ToString() ?? "nothing"} (version {listed?.Version}).";
        }

        foreach (var product in evidence.Stock.Products.Where(product => !evidence.Stock.Stock.ContainsKey(product)))
            yield return $"Product {product} is for sale, but has no stock row in Inventory.";
    }
}
