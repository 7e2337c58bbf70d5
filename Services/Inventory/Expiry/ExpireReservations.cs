using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;
using Shop.Persistence;

namespace Shop.Inventory.Expiry;

/// <summary>Expires overdue reservations and releases their stock.</summary>
internal sealed class ExpireReservations(InventoryDb db, IOptions<ReservationOptions> options)
{
    /// <summary>Expires one batch. Replicas share the work: each skips rows that another has locked. <c>IsFull</c>: there may be more.</summary>
    public async Task<(int Expired, bool IsFull)> RunAsync(CancellationToken cancel)
    {
        var limit = options.Value.ExpiryBatch;
        var expired = await db.InTransactionAsync(async token =>
        {
            var overdue = await db.Reservations.FromSql($"""
                update reservations set status = {ReservationStatus.Expired}, finished_at = now()
                where order_id in (
                    select order_id from reservations
                    where status = 'reserved' and expires_at <= now()
                    order by expires_at
                    limit {limit}
                    for update skip locked)
                returning *
                """).AsNoTracking().ToListAsync(token);

            await overdue.ChangeStockAsync(db, StockChange.Release, token);
            return overdue.Count;
        }, cancel);
        return (expired, expired == limit);
    }
}
