using Shop.Messaging;

namespace Shop.Shipping.Shipments;

internal static class ShipmentEvents
{
    /// <summary>Publishes what each of these shipments has become.</summary>
    public static void PublishEach(this ShippingDb db, IEnumerable<Shipment> changed)
    {
        foreach (var shipment in changed)
            db.Publish(shipment.ToEvent());
    }
}
