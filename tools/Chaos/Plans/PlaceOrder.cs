namespace Shop.Chaos.Plans;

/// <summary>A member places an order, and what becomes of it.</summary>
/// <param name="Lines">Quantity by the number of the product.</param>
/// <param name="UsesCoupon">The member's welcome coupon, whether it is usable or not.</param>
/// <param name="Rivals">So many more orders for the same with the same coupon, at the same time.</param>
/// <param name="StatesTotal">The request has the total that the member expects.</param>
/// <param name="Repeat">Whether the request is sent twice, however it is answered.</param>
public sealed record PlaceOrder(
    int Number, TimeSpan Pause, int Member, IReadOnlyDictionary<int, int> Lines, string PaymentToken, bool UsesCoupon, int Rivals, bool StatesTotal, Repeat Repeat, Sequel Sequel)
    : Step(Number, Pause)
{
    public int Orders => 1 + Rivals;

    protected override string Words =>
        $"member {Member} orders {string.Join(" and ", Lines.Select(line => $"{line.Value} × product {line.Key}"))} with {PaymentToken}"
        + (UsesCoupon ? " and the coupon" : "") + (Rivals > 0 ? $", {Rivals + 1} times at once" : "") + (StatesTotal ? ", with the total" : "")
        + Repeat switch { Repeat.AtOnce => ", twice at once with one key", Repeat.Afterwards => ", and again with the same key", _ => "" }
        + Sequel.Words;
}

public enum Repeat
{
    None,

    /// <summary>Two requests with one key at the same time.</summary>
    AtOnce,

    /// <summary>Once more after the answer.</summary>
    Afterwards,
}

/// <summary>What somebody does to an accepted order.</summary>
/// <param name="From">The status that is awaited: the order may be further by then.</param>
/// <param name="Delay">After that.</param>
public sealed record Sequel(SequelKind Kind, string From, TimeSpan Delay)
{
    public static Sequel None { get; } = new(SequelKind.None, "pending", TimeSpan.Zero);

    public string Words => Kind is SequelKind.None ? "" : $"; {Delay.TotalMilliseconds:0} ms after it is {From}: {Kind}";
}

public enum SequelKind
{
    None,

    /// <summary>The member follows the order until it has ended.</summary>
    Watch,

    /// <summary>The member cancels it.</summary>
    Cancel,

    /// <summary>The member cancels it twice at once, with two keys.</summary>
    CancelTwice,

    /// <summary>An operator refunds it.</summary>
    Refund,

    /// <summary>The member cancels it and an operator refunds it, at once.</summary>
    CancelAndRefund,

    /// <summary>An operator dispatches and delivers its parcel, unless the courier is faster.</summary>
    Deliver,

    /// <summary>An operator says that the delivery has failed, unless the courier has delivered.</summary>
    FailDelivery,
}
