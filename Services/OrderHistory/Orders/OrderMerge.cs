namespace Shop.OrderHistory.Orders;

/// <summary>
/// Merges two records of one order. The result does not depend on the order in which records are merged, nor on how often: of each part the newer state stays. So events
/// that come late, twice or in another order end in the same row, and a rebuilt row equals the one that grew.
/// </summary>
internal static class OrderMerge
{
    public static void Merge(this OrderRecord order, OrderRecord other)
    {
        order.MemberId ??= other.MemberId;
        order.MergeContents(other);
        order.MergeState(other);
        order.MergePayment(other);
        order.MergeShipment(other);
    }

    /// <summary>What never changes once the order is placed.</summary>
    private static void MergeContents(this OrderRecord order, OrderRecord other)
    {
        if (order.Total is not null || other.Total is null)
            return;

        (order.Currency, order.Subtotal, order.Discount, order.Total) = (other.Currency, other.Subtotal, other.Discount, other.Total);
        order.Lines = other.Lines;
    }

    private static void MergeState(this OrderRecord order, OrderRecord other)
    {
        if (other.Version == 0)
            return;

        var isNewer = other.Version > order.Version;
        var timeline = isNewer ? Union(other.Timeline, order.Timeline) : Union(order.Timeline, other.Timeline);
        if (isNewer)
            (order.Version, order.Status, order.Reason, order.CancelNote) = (other.Version, other.Status, other.Reason, other.CancelNote);
        if (timeline.SequenceEqual(order.Timeline))
            return;

        order.Timeline = timeline;
        (order.PlacedAt, order.ConfirmedAt) = (order.TimeOf("placed"), order.TimeOf(OrderStatus.Confirmed));
        order.ConfirmedAfter = order.ConfirmedAt - order.PlacedAt is { } duration ? DurationBuckets.Of(duration) : null;
        (order.RejectedAt, order.CancelledAt) = (order.TimeOf(OrderStatus.Rejected), order.TimeOf(OrderStatus.Cancelled));
    }

    private static void MergePayment(this OrderRecord order, OrderRecord other)
    {
        if (other.PaymentVersion <= order.PaymentVersion)
            return;

        (order.PaymentVersion, order.PaymentStatus) = (other.PaymentVersion, other.PaymentStatus);
        (order.PaymentAmount, order.PaymentRefunded, order.PaymentAttempts) = (other.PaymentAmount, other.PaymentRefunded, other.PaymentAttempts);
    }

    private static void MergeShipment(this OrderRecord order, OrderRecord other)
    {
        if (RankOf(other.ShipmentStatus) > RankOf(order.ShipmentStatus))
            (order.ShipmentStatus, order.ShipmentReason) = (other.ShipmentStatus, other.ShipmentReason);
        order.ShipmentId ??= other.ShipmentId;
        order.TrackingNumber ??= other.TrackingNumber;
        order.ShipmentCreatedAt = Earlier(order.ShipmentCreatedAt, other.ShipmentCreatedAt);
        order.ShipmentDispatchedAt = Earlier(order.ShipmentDispatchedAt, other.ShipmentDispatchedAt);
        order.ShipmentEndedAt = Earlier(order.ShipmentEndedAt, other.ShipmentEndedAt);
    }

    /// <summary>A timeline only grows, so the newer one has all of the older, unless it is of an event from before events had the whole of it.</summary>
    private static IReadOnlyList<RecordedEntry> Union(IReadOnlyList<RecordedEntry> newer, IReadOnlyList<RecordedEntry> older)
    {
        var missing = older.Except(newer).ToList();
        return missing.Count == 0 ? newer : [.. newer.Concat(missing).OrderBy(entry => entry.At)];
    }

    private static DateTimeOffset? TimeOf(this OrderRecord order, string what) => order.Timeline.FirstOrDefault(entry => entry.What == what)?.At;

    private static DateTimeOffset? Earlier(DateTimeOffset? some, DateTimeOffset? other) => some is null || other < some ? other ?? some : some;

    /// <summary>A shipment's states in the order of its life; none comes after the last three.</summary>
    private static int RankOf(string? shipment) => shipment switch
    {
        null => 0,
        "created" => 1,
        "dispatched" => 2,
        _ => 3,
    };
}
