using System.ComponentModel.DataAnnotations;
using Shop.Shipping.V1;

namespace Shop.Gateway.Orders;

/// <param name="DispatchedAt">Null until then.</param>
/// <param name="DeliveredAt">Null until then.</param>
internal sealed record ShipmentView(
    string Id,
    [property: AllowedValues("created", "dispatched", "delivered", "failed", "called_off")] string Status,
    string TrackingNumber,
    DateTime? DispatchedAt,
    DateTime? DeliveredAt)
{
    public static OrderPart<ShipmentView> Of(Shipment shipment) => new(new ShipmentView(
        shipment.ShipmentId, shipment.Status, shipment.TrackingNumber, shipment.DispatchedAt?.ToDateTime(), shipment.DeliveredAt?.ToDateTime()));
}
