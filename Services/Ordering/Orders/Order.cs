namespace Shop.Ordering.Orders;

/// <summary>An order: its states and the only ways between them.</summary>
internal sealed class Order
{
    /// <summary>What happened to the parcel of an order that is being cancelled, or is cancelled: in the timeline only.</summary>
    private const string ParcelDispatched = "parcel_dispatched";
    private const string ParcelDelivered = "parcel_delivered";

    private readonly List<Line> _lines = [];
    private readonly List<TimelineEntry> _timeline = [];

    private Order() { }

    public Guid Id { get; private init; }

    public Guid MemberId { get; private init; }

    public string Status { get; private set; } = OrderStatus.Pending;

    /// <summary>Why it was rejected or cancelled, as a code: <c>out_of_stock</c>, <c>payment_declined</c>, <c>cancelled_by_member</c>…</summary>
    public string? Reason { get; private set; }

    /// <summary>Why it was cancelled, in the words of the member or the operator.</summary>
    public string? CancelNote { get; private set; }

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

    /// <summary>The version of the member's basket that was ordered. Null: the order named its lines.</summary>
    public long? BasketVersion { get; private init; }

    /// <summary>Grows by one with each change, from 1: of two states of an order the one with the higher version is the newer.</summary>
    public int Version { get; private set; }

    public Address ShippingAddress { get; private init; } = null!;

    public IReadOnlyList<Line> Lines => _lines;

    public IReadOnlyList<TimelineEntry> Timeline => _timeline;

    public static Order Place(Guid memberId, IEnumerable<Line> lines, string currency, Address address, DateTimeOffset now, Discount? discount = null, long? basketVersion = null)
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
            BasketVersion = basketVersion,
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
        if (IsCancellingOrCancelled)
            NoteUnless(OrderStatus.Dispatched, ParcelDispatched, at);
        else if (Status is not (OrderStatus.Dispatched or OrderStatus.Delivered))
            Leave(OrderStatus.Confirmed, OrderStatus.Dispatched, at);
    }

    /// <summary>The dispatched parcel has arrived.</summary>
    /// <returns>False: that is known, or the order is being cancelled, and its status does not change.</returns>
    public bool Deliver(DateTimeOffset at)
    {
        if (Status == OrderStatus.Delivered)
            return false;

        if (IsCancellingOrCancelled)
        {
            NoteUnless(OrderStatus.Delivered, ParcelDelivered, at);
            return false;
        }

        Leave(OrderStatus.Dispatched, OrderStatus.Delivered, at);
        return true;
    }

    /// <summary>The dispatched parcel will not arrive: the order is cancelled.</summary>
    /// <returns>False: the order is being cancelled already, or is cancelled.</returns>
    public bool FailDelivery(DateTimeOffset at)
    {
        if (IsCancellingOrCancelled)
        {
            NoteUnless(CancelReason.DeliveryFailed, CancelReason.DeliveryFailed, at);
            return false;
        }

        if (Status != OrderStatus.Dispatched)
            throw new InvalidOperationException($"Order {Id} is {Status}; only a dispatched one's delivery can fail.");

        Note(CancelReason.DeliveryFailed, at);
        StartCancelling(CancelReason.DeliveryFailed, null, at);
        return true;
    }

    /// <summary>It is to be cancelled. Whether it can be, the caller has judged by <see cref="Status"/>.</summary>
    /// <param name="reason">One of <see cref="CancelReason"/>.</param>
    public void StartCancelling(string reason, string? note, DateTimeOffset now)
    {
        Leave(Status, OrderStatus.Cancelling, now);
        (Reason, CancelNote) = (reason, note);
    }

    /// <summary>Nothing of it is left: no shipment, no payment, no reserved stock, no used coupon.</summary>
    public void Cancel(DateTimeOffset now) => Leave(OrderStatus.Cancelling, OrderStatus.Cancelled, now);

    /// <summary>It cannot be cancelled: its parcel has left. The order gets the status that its parcel has by now.</summary>
    /// <returns>False: meanwhile the delivery has failed. The order stays <c>cancelling</c>, for that reason.</returns>
    public bool ResumeDispatched(DateTimeOffset now)
    {
        if (_timeline.Exists(entry => entry.What == CancelReason.DeliveryFailed))
        {
            (Reason, CancelNote) = (CancelReason.DeliveryFailed, null);
            Version++;
            return false;
        }

        (Reason, CancelNote) = (null, null);
        Leave(OrderStatus.Cancelling, OrderStatus.Dispatched, now);
        if (_timeline.Exists(entry => entry.What == ParcelDelivered))
            Leave(OrderStatus.Dispatched, OrderStatus.Delivered, now);
        return true;
    }

    private bool IsCancellingOrCancelled => Status is OrderStatus.Cancelling or OrderStatus.Cancelled;

    private void Leave(string from, string to, DateTimeOffset now)
    {
        if (Status != from)
            throw new InvalidOperationException($"Order {Id} is {Status}; only a {from} order becomes {to}.");

        Status = to;
        Note(to, now);
    }

    /// <summary>An event that comes again changes nothing: neither what it has noted, nor what the order became by it before it was cancelled.</summary>
    private void NoteUnless(string known, string what, DateTimeOffset now)
    {
        if (_timeline.TrueForAll(entry => entry.What != known && entry.What != what))
            Note(what, now);
    }

    private void Note(string what, DateTimeOffset now)
    {
        _timeline.Add(new TimelineEntry { At = now, What = what });
        Version++;
    }
}
