using Google.Protobuf.WellKnownTypes;
using Shop.Common.V1;
using Shop.Ordering.V1;

namespace Shop.Ordering.Orders;

/// <summary>An order in the words of its contract: answers and events.</summary>
internal static class OrderContract
{
    public static V1.Order ToContract(this Order order)
    {
        var contract = new V1.Order
        {
            OrderId = order.Id.ToString(),
            Status = order.Status,
            PlacedAt = order.PlacedAt.ToTimestamp(),
            Lines = { order.PricedLines() },
            Subtotal = order.MoneyOf(order.Subtotal),
            Discount = order.MoneyOf(order.Discount),
            Total = order.TotalMoney(),
            Timeline = { order.TimelineEntries() },
            Version = order.Version,
        };

        if (order.Reason is not null)
            contract.Reason = order.Reason;

        return contract;
    }

    public static OrderPlaced Placed(this Order order) => new()
    {
        OrderId = order.Id.ToString(),
        MemberId = order.MemberId.ToString(),
        Lines = { order.PricedLines() },
        Total = order.TotalMoney(),
        PlacedAt = order.PlacedAt.ToTimestamp(),
        Subtotal = order.MoneyOf(order.Subtotal),
        Discount = order.MoneyOf(order.Discount),
        State = order.State(),
    };

    public static OrderConfirmed Confirmed(this Order order, DateTimeOffset at)
    {
        var contract = new OrderConfirmed
        {
            OrderId = order.Id.ToString(),
            MemberId = order.MemberId.ToString(),
            Lines = { order.PricedLines() },
            Total = order.TotalMoney(),
            ShippingAddress = order.ShippingAddress.ToContract(),
            ConfirmedAt = at.ToTimestamp(),
            Subtotal = order.MoneyOf(order.Subtotal),
            Discount = order.MoneyOf(order.Discount),
        State = order.State(),
        };
        if (order.BasketVersion is { } version)
            contract.BasketVersion = version;

        return contract;
    }

    public static OrderRejected Rejected(this Order order, string reason, DateTimeOffset at) => new()
    {
        OrderId = order.Id.ToString(),
        MemberId = order.MemberId.ToString(),
        Reason = reason,
        RejectedAt = at.ToTimestamp(),
        State = order.State(),
    };

    public static OrderCancelled Cancelled(this Order order, DateTimeOffset at) => new()
    {
        OrderId = order.Id.ToString(),
        MemberId = order.MemberId.ToString(),
        Lines = { order.PricedLines() },
        Total = order.TotalMoney(),
        Reason = order.Reason,
        CancelledAt = at.ToTimestamp(),
        State = order.State(),
    };

    public static OrderDelivered Delivered(this Order order, DateTimeOffset at) => new()
    {
        OrderId = order.Id.ToString(),
        MemberId = order.MemberId.ToString(),
        Lines = { order.PricedLines() },
        DeliveredAt = at.ToTimestamp(),
        State = order.State(),
    };

    /// <summary>For a change that none of the other events reports.</summary>
    public static OrderChanged Changed(this Order order) => new()
    {
        OrderId = order.Id.ToString(),
        MemberId = order.MemberId.ToString(),
        State = order.State(),
    };

    /// <summary>Every status it has had, oldest first. An entry of the timeline never moves, so its place is its number.</summary>
    public static IReadOnlyList<StatusChange> StatusChanges(this Order order)
    {
        var changes = order.Timeline.Index()
            .Select(entry => (Sequence: entry.Index + 1, Status: OrderStatus.After(entry.Item.What), entry.Item.At))
            .Where(change => change.Status is not null)
            .Select(change => new StatusChange { Sequence = change.Sequence, Status = change.Status, At = change.At.ToTimestamp() })
            .ToList();
        // Of its end, and of what led there.
        foreach (var change in Enumerable.Reverse(changes).TakeWhile(change => order.Reason is not null && change.Status is (OrderStatus.Rejected or OrderStatus.Cancelling or OrderStatus.Cancelled)))
            change.Reason = order.Reason;

        return changes;
    }

    private static OrderState State(this Order order)
    {
        var state = new OrderState { Version = order.Version, Status = order.Status, Timeline = { order.TimelineEntries() }, CancelNote = order.CancelNote ?? "" };
        if (order.Reason is not null)
            state.Reason = order.Reason;

        return state;
    }

    private static IEnumerable<V1.TimelineEntry> TimelineEntries(this Order order) =>
        order.Timeline.Select(entry => new V1.TimelineEntry { At = entry.At.ToTimestamp(), What = entry.What });

    public static Money TotalMoney(this Order order) => order.MoneyOf(order.Total);

    private static IEnumerable<PricedLine> PricedLines(this Order order) => order.Lines.Select(line => new PricedLine
    {
        ProductId = line.ProductId.ToString(),
        Name = line.Name,
        Names = line.NameEn is null ? null : new LocalizedText { Ko = line.Name, En = line.NameEn },
        Quantity = line.Quantity,
        UnitPrice = order.MoneyOf(line.UnitPrice),
        LineTotal = order.MoneyOf(line.Total),
        Discount = order.MoneyOf(line.Discount),
    });

    private static Money MoneyOf(this Order order, long amount) => new() { Amount = amount, Currency = order.Currency };

    public static ShippingAddress ToContract(this Address address) => new()
    {
        Recipient = address.Recipient,
        Line1 = address.Line1,
        Line2 = address.Line2 ?? "",
        City = address.City,
        PostalCode = address.PostalCode,
        Country = address.Country,
    };
}
