namespace Shop.OrderHistory.Orders;

/// <summary>
/// What the events have said of an order so far, in one row: Ordering's part, the payment's and the shipment's, each as new as its newest event. A single event is a
/// record, too, with little in it: a row is the merge of the records of its events.
/// </summary>
internal sealed class OrderRecord
{
    public required Guid Id { get; init; }

    public Guid? MemberId { get; set; }

    /// <summary>Of Ordering's part. 0: no event of Ordering has come.</summary>
    public int Version { get; set; }

    public string? Status { get; set; }

    public string? Reason { get; set; }

    public string? CancelNote { get; set; }

    /// <summary>ISO 4217. Null, like the amounts and the lines, until an event with them has come: until then nobody sees the row.</summary>
    public string? Currency { get; set; }

    /// <summary>Minor units, like all amounts.</summary>
    public long? Subtotal { get; set; }

    public long? Discount { get; set; }

    public long? Total { get; set; }

    public IReadOnlyList<RecordedLine> Lines { get; set; } = [];

    /// <summary>In Ordering's order.</summary>
    public IReadOnlyList<RecordedEntry> Timeline { get; set; } = [];

    /// <summary>From the timeline, as are the next four.</summary>
    public DateTimeOffset? PlacedAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The bucket (<see cref="DurationBuckets"/>) of the time from placing to confirmation.</summary>
    public int? ConfirmedAfter { get; set; }

    public DateTimeOffset? RejectedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>0: no event of the payment has come.</summary>
    public int PaymentVersion { get; set; }

    public string? PaymentStatus { get; set; }

    public long PaymentAmount { get; set; }

    public long PaymentRefunded { get; set; }

    public int PaymentAttempts { get; set; }

    /// <summary>Null: no event of the shipment has come.</summary>
    public Guid? ShipmentId { get; set; }

    public string? ShipmentStatus { get; set; }

    public string? ShipmentReason { get; set; }

    public string? TrackingNumber { get; set; }

    public DateTimeOffset? ShipmentCreatedAt { get; set; }

    public DateTimeOffset? ShipmentDispatchedAt { get; set; }

    /// <summary>When it was delivered, failed or was called off.</summary>
    public DateTimeOffset? ShipmentEndedAt { get; set; }

    /// <summary>Lines, amounts and status are known.</summary>
    public bool IsWhole => Total is not null && Version > 0;
}

/// <summary>A line of an order. Amounts in minor units.</summary>
internal sealed record RecordedLine(Guid ProductId, string Name, string? NameEn, int Quantity, long UnitPrice, long LineTotal, long Discount);

/// <summary>An entry of an order's timeline.</summary>
internal sealed record RecordedEntry(DateTimeOffset At, string What);
