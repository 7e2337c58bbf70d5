using System.ComponentModel.DataAnnotations;
using Shop.Gateway.Input;
using Shop.Shipping.V1;

namespace Shop.Gateway.Operators.Shipments;

/// <param name="Reason">Why it failed or was called off.</param>
/// <param name="DispatchedAt">Null until then.</param>
/// <param name="DeliveredAt">Null until then.</param>
internal sealed record ListedShipmentView(
    string Id,
    string OrderId,
    [property: AllowedValues("created", "dispatched", "delivered", "failed", "called_off")] string Status,
    string TrackingNumber,
    string? Reason,
    DateTime CreatedAt,
    DateTime? DispatchedAt,
    DateTime? DeliveredAt)
{
    public static ListedShipmentView Of(Shipment shipment) => new(
        shipment.ShipmentId, shipment.OrderId, shipment.Status, shipment.TrackingNumber, shipment.HasReason ? shipment.Reason : null,
        shipment.CreatedAt.ToDateTime(), shipment.DispatchedAt?.ToDateTime(), shipment.DeliveredAt?.ToDateTime());
}

/// <param name="Reason">Why the parcel will not arrive.</param>
internal sealed record FailureBody([property: StringLength(200, MinimumLength = 1)] string Reason)
{
    public const string Example = """{ "reason": "the parcel was lost" }""";

    public static FailRequest Read(Fields body, string shipmentId)
    {
        var request = new FailRequest { ShipmentId = shipmentId, Reason = body.Text("reason") };
        body.Check.ThrowIfAny();
        return request;
    }
}
