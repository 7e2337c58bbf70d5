using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Shipping.Shipments;

namespace Shop.Shipping.Courier;

/// <summary>
/// What the simulated courier does. When a shipment is due follows from its row and the options, by the database's clock: nothing is kept in memory, so any replica
/// continues with its next query, also after a kill or with other options. Replicas share the work: each takes what no other has locked.
/// </summary>
internal sealed class DueShipments(ShippingDb db, IOptions<CourierOptions> options)
{
    /// <summary>One batch each. Full: there may be more.</summary>
    public async Task<(int Delivered, int Dispatched, bool IsFull)> AdvanceAsync(CancellationToken cancel)
    {
        var (deliverAfter, dispatchAfter, batch) = (options.Value.DeliverAfter, options.Value.DispatchAfter, options.Value.Batch);
        var delivered = await ChangeAsync(db.Shipments.FromSql($"""
            update shipments set status = 'delivered', ended_at = now()
            where id in (
                select id from shipments
                where status = 'dispatched' and dispatched_at <= now() - {deliverAfter}
                order by dispatched_at
                limit {batch}
                for update skip locked)
            returning *
            """), cancel);
        var dispatched = await ChangeAsync(db.Shipments.FromSql($"""
            update shipments set status = 'dispatched', dispatched_at = now()
            where id in (
                select id from shipments
                where status = 'created' and created_at <= now() - {dispatchAfter}
                order by created_at
                limit {batch}
                for update skip locked)
            returning *
            """), cancel);
        return (delivered, dispatched, delivered == batch || dispatched == batch);
    }

    /// <summary>
    /// How long nothing will be due: by the shipments that there are; a later one is due no sooner than after one of the two times. Zero or less: something is due.
    /// </summary>
    public async Task<TimeSpan> NextInAsync(CancellationToken cancel)
    {
        var (dispatchAfter, deliverAfter) = (options.Value.DispatchAfter, options.Value.DeliverAfter);
        return await db.Database.SqlQuery<TimeSpan>($"""
            select least(
                (select min(created_at) from shipments where status = 'created') + {dispatchAfter} - now(),
                (select min(dispatched_at) from shipments where status = 'dispatched') + {deliverAfter} - now(),
                {dispatchAfter},
                {deliverAfter}) as "Value"
            """).SingleAsync(cancel);
    }

    private Task<int> ChangeAsync(IQueryable<Shipment> update, CancellationToken cancel) => db.InTransactionAsync(async token =>
    {
        var changed = await update.AsNoTracking().ToListAsync(token);
        db.PublishEach(changed);
        return changed.Count;
    }, cancel);
}
