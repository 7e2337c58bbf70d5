using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.Shipping.V1;

namespace Shop.Shipping.Shipments;

/// <summary>A shipment in the words of its contract: answers and events.</summary>
internal static class ShipmentContract
{
    public static V1.Shipment ToContract(this Shipment shipment)
    {
        var contract = new V1.Shipment
        {
            ShipmentId = shipment.Id.ToString(),
            OrderId = shipment.OrderId.ToString(),
            Status = shipment.Status,
            TrackingNumber = shipment.TrackingNumber,
            CreatedAt = shipment.CreatedAt.ToTimestamp(),
            DispatchedAt = shipment.DispatchedAt?.ToTimestamp(),
            DeliveredAt = shipment.DeliveredAt?.ToTimestamp(),
        };
        if (shipment.Reason is not null)
            contract.Reason = shipment.Reason;

        return contract;
    }

    /// <summary>The event of the state that the shipment is in now.</summary>
    public static IMessage ToEvent(this Shipment shipment) => shipment.Status switch
    {
        ShipmentStatus.Created => new ShipmentCreated
        {
            ShipmentId = shipment.Id.ToString(),
            OrderId = shipment.OrderId.ToString(),
            MemberId = shipment.MemberId.ToString(),
            TrackingNumber = shipment.TrackingNumber,
            CreatedAt = shipment.CreatedAt.ToTimestamp(),
        },
        ShipmentStatus.Dispatched => new ShipmentDispatched
        {
            ShipmentId = shipment.Id.ToString(),
            OrderId = shipment.OrderId.ToString(),
            MemberId = shipment.MemberId.ToString(),
            TrackingNumber = shipment.TrackingNumber,
            DispatchedAt = shipment.DispatchedAt!.Value.ToTimestamp(),
        },
        ShipmentStatus.Delivered => new ShipmentDelivered
        {
            ShipmentId = shipment.Id.ToString(),
            OrderId = shipment.OrderId.ToString(),
            MemberId = shipment.MemberId.ToString(),
            DispatchedAt = shipment.DispatchedAt!.Value.ToTimestamp(),
            DeliveredAt = shipment.EndedAt!.Value.ToTimestamp(),
        },
        ShipmentStatus.Failed => new ShipmentFailed
        {
            ShipmentId = shipment.Id.ToString(),
            OrderId = shipment.OrderId.ToString(),
            MemberId = shipment.MemberId.ToString(),
            Reason = shipment.Reason,
            DispatchedAt = shipment.DispatchedAt!.Value.ToTimestamp(),
            FailedAt = shipment.EndedAt!.Value.ToTimestamp(),
        },
        ShipmentStatus.CalledOff => new ShipmentCalledOff
        {
            ShipmentId = shipment.Id.ToString(),
            OrderId = shipment.OrderId.ToString(),
            MemberId = shipment.MemberId.ToString(),
            Reason = shipment.Reason,
            CalledOffAt = shipment.EndedAt!.Value.ToTimestamp(),
        },
        _ => throw new InvalidOperationException($"Shipment {shipment.Id} is {shipment.Status}, which no event reports."),
    };
}
