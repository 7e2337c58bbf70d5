using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.V1;

namespace Shop.Shipping.Shipments;

/// <summary>
/// A confirmed order gets its shipment, or finds that it was called off. Of the event only the ids are kept: the simulated courier needs no address.
/// A real one is given it here, for as long as it delivers.
/// </summary>
internal sealed class CreateShipment(ShippingDb db) : IHandle<OrderConfirmed>
{
    public Task HandleAsync(OrderConfirmed @event, EventContext context, CancellationToken cancel) =>
        CreateAsync(Guid.Parse(@event.OrderId), Guid.Parse(@event.MemberId), cancel);

    internal async Task CreateAsync(Guid orderId, Guid memberId, CancellationToken cancel)
    {
        var created = await db.Shipments.FromSql($"""
            insert into shipments (id, order_id, member_id, status, tracking_number, created_at)
            values ({Guid.CreateVersion7()}, {orderId}, {memberId}, {ShipmentStatus.Created}, {TrackingNumber.New()}, now())
            on conflict (order_id) do nothing
            returning *
            """).AsNoTracking().ToListAsync(cancel);
        db.PublishEach(created);
    }
}
