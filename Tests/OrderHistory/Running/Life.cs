using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.Common.V1;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;

namespace Shop.OrderHistory.Tests.Running;

/// <summary>The events of one order's life, as Ordering, Payments and Shipping publish them.</summary>
public sealed class Life
{
    public static readonly Guid Member = Guid.Parse("0198c0de-0000-7000-8000-0000000000aa");
    private static readonly Guid Shipment = Guid.Parse("0198c0de-0000-7000-8000-0000000000cc");

    private readonly DateTimeOffset _placedAt;
    private readonly List<TimelineEntry> _timeline = [];
    private int _seconds;
    private int _payment;

    private Life(Guid? order, DateTimeOffset? placedAt, Guid? member)
    {
        var now = TimeProvider.System.GetUtcNow();
        var begun = placedAt ?? new(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
        // Clocks have ticks of 100 ns, databases keep microseconds.
        (_placedAt, Order, Owner) = (begun.AddTicks(1_234_567), order ?? Guid.CreateVersion7(), member ?? Member);
    }

    public Guid Order { get; }

    public Guid Owner { get; }

    public List<IMessage> Events { get; } = [];

    public DateTimeOffset PlacedAt => _placedAt;

    private string Id => Order.ToString();

    /// <summary>Placed, paid, confirmed.</summary>
    public static Life Confirmed(Guid? order = null, DateTimeOffset? placedAt = null, Guid? member = null)
    {
        var life = new Life(order, placedAt, member);
        life.Place();
        life.Pay("pending", 0, state => new PaymentChanged { OrderId = life.Id, MemberId = $"{life.Owner}", State = state });
        life.Pay("authorised", 0, state => new PaymentAuthorised { OrderId = life.Id, MemberId = $"{life.Owner}", Amount = Won(1800), At = life.At(), State = state });
        life.Pay("captured", 0, state => new PaymentCaptured { OrderId = life.Id, MemberId = $"{life.Owner}", Amount = Won(1800), At = life.At(), State = state });
        var state = life.State("confirmed", "confirmed");
        life.Events.Add(new OrderConfirmed
        {
            OrderId = life.Id, MemberId = $"{life.Owner}", Lines = { Line() }, Subtotal = Won(2000), Discount = Won(200), Total = Won(1800), ConfirmedAt = life.At(), State = state,
        });
        life.Events.Add(new ShipmentCreated { ShipmentId = $"{Shipment}", OrderId = life.Id, MemberId = $"{life.Owner}", TrackingNumber = "4T2K9M0QXW7B5ZRC", CreatedAt = life.At() });
        return life;
    }

    public static Life Delivered(Guid? order = null, DateTimeOffset? placedAt = null, Guid? member = null)
    {
        var life = Confirmed(order, placedAt, member);
        var dispatched = life.Dispatch();
        var delivered = life.At();
        life.Events.Add(new ShipmentDelivered { ShipmentId = $"{Shipment}", OrderId = life.Id, MemberId = $"{life.Owner}", DispatchedAt = dispatched, DeliveredAt = delivered });
        life.Events.Add(new OrderDelivered { OrderId = life.Id, MemberId = $"{life.Owner}", Lines = { Line() }, DeliveredAt = delivered, State = life.State("delivered", "delivered") });
        return life;
    }

    /// <summary>Dispatched, lost, refunded, cancelled.</summary>
    public static Life DeliveryFailed(Guid? order = null, DateTimeOffset? placedAt = null)
    {
        var life = Confirmed(order, placedAt);
        var dispatched = life.Dispatch();
        life.Events.Add(new ShipmentFailed { ShipmentId = $"{Shipment}", OrderId = life.Id, MemberId = $"{life.Owner}", Reason = "lost", DispatchedAt = dispatched, FailedAt = life.At() });
        life.State("dispatched", "delivery_failed");
        life.Change("cancelling", "cancelling", "delivery_failed");
        life.Pay("refunded", 1800, state => new PaymentRefunded { OrderId = life.Id, MemberId = $"{life.Owner}", Amount = Won(1800), At = life.At(), State = state });
        life.Cancel("delivery_failed");
        return life;
    }

    /// <summary>By the member, before the parcel left.</summary>
    public static Life Cancelled(Guid? order = null, DateTimeOffset? placedAt = null)
    {
        var life = Confirmed(order, placedAt);
        life.Change("cancelling", "cancelling", "cancelled_by_member", "the wrong colour");
        life.Events.Add(new ShipmentCalledOff { ShipmentId = $"{Shipment}", OrderId = life.Id, MemberId = $"{life.Owner}", Reason = "cancelled_by_member", CalledOffAt = life.At() });
        life.Pay("refunded", 1800, state => new PaymentRefunded { OrderId = life.Id, MemberId = $"{life.Owner}", Amount = Won(1800), At = life.At(), State = state });
        life.Cancel("cancelled_by_member", "the wrong colour");
        return life;
    }

    public static Life Rejected(Guid? order = null, DateTimeOffset? placedAt = null)
    {
        var life = new Life(order, placedAt, null);
        life.Place();
        life.Pay("declined", 0, state => new PaymentDeclined { OrderId = life.Id, MemberId = $"{life.Owner}", Reason = "payment_declined", At = life.At(), State = state });
        life.Events.Add(new OrderRejected { OrderId = life.Id, MemberId = $"{life.Owner}", Reason = "payment_declined", RejectedAt = life.At(), State = life.State("rejected", "rejected", "payment_declined") });
        return life;
    }

    public static readonly IReadOnlyDictionary<string, Func<Guid?, DateTimeOffset?, Life>> Ends = new Dictionary<string, Func<Guid?, DateTimeOffset?, Life>>
    {
        ["delivered"] = (order, placedAt) => Delivered(order, placedAt), ["delivery failed"] = DeliveryFailed, ["cancelled"] = Cancelled, ["rejected"] = Rejected,
    };

    private void Place() => Events.Add(new OrderPlaced
    {
        OrderId = Id, MemberId = $"{Owner}", Lines = { Line() }, Subtotal = Won(2000), Discount = Won(200), Total = Won(1800), PlacedAt = _placedAt.ToTimestamp(), State = State("pending", "placed"),
    });

    private Timestamp Dispatch()
    {
        var dispatched = At();
        Events.Add(new ShipmentDispatched { ShipmentId = $"{Shipment}", OrderId = Id, MemberId = $"{Owner}", TrackingNumber = "4T2K9M0QXW7B5ZRC", DispatchedAt = dispatched });
        Change("dispatched", "dispatched");
        return dispatched;
    }

    private void Cancel(string reason, string note = "")
    {
        var state = State("cancelled", "cancelled", reason, note);
        Events.Add(new OrderCancelled { OrderId = Id, MemberId = $"{Owner}", Lines = { Line() }, Total = Won(1800), Reason = reason, CancelledAt = At(), State = state });
    }

    private void Change(string status, string what, string? reason = null, string note = "") =>
        Events.Add(new OrderChanged { OrderId = Id, MemberId = $"{Owner}", State = State(status, what, reason, note) });

    private void Pay(string status, long refunded, Func<PaymentState, IMessage> with) =>
        Events.Add(with(new() { Version = ++_payment, Status = status, Amount = Won(1800), Attempts = status == "pending" ? 0 : 1, Refunded = Won(refunded) }));

    private OrderState State(string status, string what, string? reason = null, string note = "")
    {
        _timeline.Add(new() { At = _timeline.Count == 0 ? _placedAt.ToTimestamp() : At(), What = what });
        // Ordering has read all but the newest entry from its database.
        var state = new OrderState { Version = _timeline.Count, Status = status, Timeline = { _timeline.SkipLast(1).Select(InMicroseconds), _timeline[^1] }, CancelNote = note };
        if (reason is not null)
            state.Reason = reason;
        return state;
    }

    private static TimelineEntry InMicroseconds(TimelineEntry entry) =>
        new() { What = entry.What, At = new() { Seconds = entry.At.Seconds, Nanos = entry.At.Nanos / 1_000 * 1_000 } };

    // All within the minute of the order, if that began with it.
    private Timestamp At() => (_placedAt + TimeSpan.FromSeconds(++_seconds)).ToTimestamp();

    private static PricedLine Line() => new()
    {
        ProductId = "0198c0de-0000-7000-8000-000000000001", Name = "키보드", Names = new() { Ko = "키보드", En = "Keyboard" }, Quantity = 2,
        UnitPrice = Won(1000), LineTotal = Won(2000), Discount = Won(200),
    };

    private static Money Won(long amount) => new() { Amount = amount, Currency = "KRW" };
}
