namespace Shop.Ordering.Orders;

/// <summary>An order: its states and the only ways between them.</summary>
public sealed class Order
{
    private const string DeliveryFailed = "delivery_failed";

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
    public long Subtotal => Total + Discount;

    /// <summary>In minor units, 0 to <see cref="Subtotal"/>; the shares of the lines sum to it.</summary>
    public long Discount { get; private init; }

    /// <summary>What is to be paid in minor units, at least 0.</summary>
    public long Total { get; private init; }

    /// <summary>The coupon that the discount is from.</summary>
    public Guid? CouponId { get; private init; }

    public Address ShippingAddress { get; private init; } = null!;

    public IReadOnlyList<Line> Lines => _lines;

    public IReadOnlyList<TimelineEntry> Timeline => _timeline;

    public static Order Place(Guid memberId, IEnumerable<Line> lines, string currency, Address address, DateTimeOffset now, Discount? discount = null)
    {
        var ordered = lines.ToList();
        var shares = Orders.Discount.Share(discount?.Amount ?? 0, ordered.ConvertAll(line => line.Total));
        foreach (var (line, share) in ordered.Zip(shares))
            line.Discount = share;
        var order = new Order
        {
            Id = Guid.CreateVersion7(now),
            MemberId = memberId,
            PlacedAt = now,
            Currency = currency,
            Discount = discount?.Amount ?? 0,
            Total = checked(ordered.Sum(line => line.Total - line.Discount)),
            CouponId = discount?.CouponId,
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

    /// <summary>The parcel has left. Nothing changes when that is known.</summary>
    public void Dispatch(DateTimeOffset at)
    {
        if (Status is not (OrderStatus.Dispatched or OrderStatus.Delivered))
            Leave(OrderStatus.Confirmed, OrderStatus.Dispatched, at);
    }

    /// <summary>The dispatched parcel has arrived.</summary>
    /// <returns>False: that is known, and nothing changes.</returns>
    public bool Deliver(DateTimeOffset at)
    {
        if (Status == OrderStatus.Delivered)
            return false;

        Leave(OrderStatus.Dispatched, OrderStatus.Delivered, at);
        return true;
    }

    /// <summary>The dispatched parcel will not arrive. The order stays dispatched, and its timeline tells, once.</summary>
    public void NoteFailedDelivery(DateTimeOffset at)
    {
        if (Status != OrderStatus.Dispatched)
            throw new InvalidOperationException($"Order {Id} is {Status}; only a dispatched one's delivery can fail.");

        if (_timeline.TrueForAll(moment => moment.What != DeliveryFailed))
            Note(DeliveryFailed, at);
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
