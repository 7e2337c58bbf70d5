using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.Orders;
using Shop.Ordering.Refunds;
using Shop.Shipping.V1;

namespace Shop.Ordering.Shipments;

/// <summary>
/// An order follows its shipment. One handler for all of these events: should one be parked, the order's later ones wait behind it. A delivery that fails starts the refund. Each event has all states up to its own,
/// so an order that gets them in another order ends as it would have, and a repeated event changes nothing.
/// </summary>
internal sealed class FollowShipment(OrderingDb db) : IHandle<ShipmentDispatched>, IHandle<ShipmentDelivered>, IHandle<ShipmentFailed>
{
    public async Task HandleAsync(ShipmentDispatched @event, EventContext context, CancellationToken cancel)
    {
        var order = await OrderAsync(@event.OrderId, cancel);
        var before = order.Version;
        order.Dispatch(@event.DispatchedAt.ToDateTimeOffset());
        PublishIfChanged(order, before);
    }

    public async Task HandleAsync(ShipmentDelivered @event, EventContext context, CancellationToken cancel)
    {
        var order = await OrderAsync(@event.OrderId, cancel);
        var (before, deliveredAt) = (order.Version, @event.DeliveredAt.ToDateTimeOffset());
        order.Dispatch(@event.DispatchedAt.ToDateTimeOffset());
        if (order.Deliver(deliveredAt))
            db.Publish(order.Delivered(deliveredAt));
        else
            PublishIfChanged(order, before);
    }

    public async Task HandleAsync(ShipmentFailed @event, EventContext context, CancellationToken cancel)
    {
        var order = await OrderAsync(@event.OrderId, cancel);
        var before = order.Version;
        order.Dispatch(@event.DispatchedAt.ToDateTimeOffset());
        if (order.FailDelivery(@event.FailedAt.ToDateTimeOffset()))
            db.StartRefund(order);
        PublishIfChanged(order, before);
    }

    private void PublishIfChanged(Order order, int before)
    {
        if (order.Version > before)
            db.Publish(order.Changed());
    }

    private Task<Order> OrderAsync(string orderId, CancellationToken cancel)
    {
        var id = Guid.Parse(orderId);
        return db.Orders.SingleAsync(order => order.Id == id, cancel);
    }
}
