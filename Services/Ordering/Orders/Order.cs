namespace Shop.Ordering.Orders;

/// <summary>An order: its states and the only ways between them.</summary>
public sealed class Order
{
    private readonly List<Line> _lines = [];
    private readonly List<TimelineEntry> _timeline = [];

    private Order() { }

    public Guid Id { get; private init; }

    public Guid MemberId { get; private init; }

    public string Status { get; private set; } = OrderStatus.Pending;

    /// <summary>Why it was rejected, as a code: <c>out_of_stock</c>, <c>payment_declined</c>…</summary>
    public string? Reason { get; private set; }

    public DateTimeOffset PlacedAt { get; private init; }

    /// <summary>ISO 4217. An order has one currency.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>The sum of the lines in minor units.</summary>
    public long Total { get; private init; }

    public Address ShippingAddress { get; private init; } = null!;

    public IReadOnlyList<Line> Lines => _lines;

    public IReadOnlyList<TimelineEntry> Timeline => _timeline;

    public static Order Place(Guid memberId, IEnumerable<Line> lines, string currency, Address address, DateTimeOffset now)
    {
        var ordered = lines.ToList();
        var order = new Order
        {
            Id = Guid.CreateVersion7(now),
            MemberId = memberId,
            PlacedAt = now,
            Currency = currency,
            Total = checked(ordered.Sum(line => line.Total)),
            ShippingAddress = address,
        };

        order._lines.AddRange(ordered);
        order.Note("placed", now);
        return order;
    }

    /// <summary>Paid and reserved: the goods are the member's.</summary>
    public void Confirm(DateTimeOffset now) => Leave(OrderStatus.Pending, OrderStatus.Confirmed, now);

    /// <summary>The checkout ended without a sale.</summary>
    public void Reject(string reason, DateTimeOffset now)
    {
        Leave(OrderStatus.Pending, OrderStatus.Rejected, now);
        Reason = reason;
    }

    private void Leave(string from, string to, DateTimeOffset now)
    {
        if (Status != from)
            throw new InvalidOperationException($"Order {Id} is {Status}; only a {from} order becomes {to}.");

        Status = to;
        Note(to, now);
    }

    private void Note(string what, DateTimeOffset now) => _timeline.Add(new TimelineEntry { At = now, What = what });
}
