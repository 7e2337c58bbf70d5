using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.OrderHistory.Orders;
using Shop.Shipping.V1;

namespace Shop.OrderHistory.Projection;

/// <summary>What an event of a shipment says.</summary>
internal static class ShipmentRecords
{
    /// <returns>Null: it is no event of a shipment.</returns>
    public static OrderRecord? RecordOf(IMessage message) => message switch
    {
        ShipmentCreated e => Of(e.OrderId, e.MemberId, e.ShipmentId, "created", created: e.CreatedAt, tracking: e.TrackingNumber),
        ShipmentDispatched e => Of(e.OrderId, e.MemberId, e.ShipmentId, "dispatched", dispatched: e.DispatchedAt, tracking: e.TrackingNumber),
        ShipmentDelivered e => Of(e.OrderId, e.MemberId, e.ShipmentId, "delivered", dispatched: e.DispatchedAt, ended: e.DeliveredAt),
        ShipmentFailed e => Of(e.OrderId, e.MemberId, e.ShipmentId, "failed", dispatched: e.DispatchedAt, ended: e.FailedAt, reason: e.Reason),
        ShipmentCalledOff e => Of(e.OrderId, e.MemberId, e.ShipmentId, "called_off", ended: e.CalledOffAt, reason: e.Reason),
        _ => null,
    };

    private static OrderRecord Of(
        string orderId, string memberId, string shipmentId, string status, Timestamp? created = null, Timestamp? dispatched = null, Timestamp? ended = null,
        string? tracking = null, string? reason = null)
    {
        var order = EventRecordIds.New(orderId, memberId);
        (order.ShipmentId, order.ShipmentStatus, order.ShipmentReason, order.TrackingNumber) = (Guid.Parse(shipmentId), status, reason, tracking);
        (order.ShipmentCreatedAt, order.ShipmentDispatchedAt, order.ShipmentEndedAt) =
            (created?.ToDateTimeOffset(), dispatched?.ToDateTimeOffset(), ended?.ToDateTimeOffset());
        return order;
    }
}
