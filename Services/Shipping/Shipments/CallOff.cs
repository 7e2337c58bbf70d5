using Microsoft.EntityFrameworkCore;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;
using Shop.Shipping.V1;

namespace Shop.Shipping.Shipments;

/// <summary>The order is given up: its parcel does not leave, not even if the order's confirmation is handled only after this.</summary>
internal sealed class CallOff(ShippingDb db)
{
    private const int MaxReason = 200;

    public async Task<CallOffResponse> HandleAsync(CallOffRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", request.OrderId);
        var reason = check.Line("reason", request.Reason, 1, MaxReason);
        check.ThrowIfAny();

        await db.InTransactionAsync(async token =>
        {
            while (!await TryAsync(orderId, reason, token))
            {
                // The shipment was made in between: it is called off like any other.
            }
        }, cancel);
        return new();
    }

    private async Task<bool> TryAsync(Guid orderId, string reason, CancellationToken cancel)
    {
        var calledOff = await db.Shipments.FromSql($"""
            update shipments set status = 'called_off', reason = {reason}, ended_at = now() where order_id = {orderId} and status = 'created' returning *
            """).AsNoTracking().ToListAsync(cancel);
        db.PublishEach(calledOff);
        if (calledOff.Count > 0)
            return true;

        var status = await db.Shipments.Where(shipment => shipment.OrderId == orderId).Select(shipment => shipment.Status).SingleOrDefaultAsync(cancel);
        return status switch
        {
            null => await RememberAsync(orderId, reason, cancel),
            ShipmentStatus.Created => false,
            ShipmentStatus.Dispatched or ShipmentStatus.Delivered => throw new RefusedException("already_dispatched", "The parcel has left."),
            _ => true,
        };
    }

    /// <returns>False: the order has a shipment after all.</returns>
    private async Task<bool> RememberAsync(Guid orderId, string reason, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"""
            insert into shipments (id, order_id, status, reason, created_at, ended_at)
            values ({Guid.CreateVersion7()}, {orderId}, {ShipmentStatus.CalledOff}, {reason}, now(), now())
            on conflict (order_id) do nothing
            """, cancel) == 1;
}
