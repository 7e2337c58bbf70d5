namespace Shop.Shipping.Shipments;

/// <summary>
/// The one parcel of an order. All times are the database's, like every decision about it.
/// A tombstone has no member: the order was called off before its confirmation was handled, and no shipment is ever made for it.
/// </summary>
internal sealed class Shipment
{
    private Shipment() { }

    /// <summary>UUIDv7.</summary>
    public Guid Id { get; private init; }

    public Guid OrderId { get; private init; }

    public Guid? MemberId { get; private init; }

    public string Status { get; private init; } = ShipmentStatus.Created;

    public string? TrackingNumber { get; private init; }

    /// <summary>Why it failed or was called off.</summary>
    public string? Reason { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? DispatchedAt { get; private init; }

    /// <summary>When it was delivered, failed or was called off.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    public DateTimeOffset? DeliveredAt => Status == ShipmentStatus.Delivered ? EndedAt : null;
}
