using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;
using Shop.Messaging;

namespace Shop.Inventory.Expiry;

/// <summary>Gives back what was set aside for orders that never came to an end.</summary>
public sealed class ExpireReservations(InventoryDb db, MoveStock stock, IOptions<ReservationOptions> options)
{
    /// <summary>One batch. Replicas share the work: each takes what no other has locked. Full: there may be more.</summary>
    public async Task<(int Expired, bool IsFull)> RunAsync(CancellationToken cancel)
    {
        var limit = options.Value.ExpiryBatch;
        var expired = await db.InTransactionAsync(async token =>
        {
            var overdue = await db.Reservations.FromSql($"""
                update reservation set status = {ReservationStatus.Expired}, finished_at = now()
                where order_id in (
                    select order_id from reservation
                    where status = 'reserved' and expires_at <= now()
                    order by expires_at
                    limit {limit}
                    for update skip locked)
                returning *
                """).AsNoTracking().ToListAsync(token);

            // Together, so that each product is touched once, and in the order of all moves.
            await stock.MustAsync(overdue
                .SelectMany(reservation => reservation.Moves(Move.Release))
                .GroupBy(move => move.ProductId, (product, moves) => new Move(product, 0, moves.Sum(move => move.Reserved))), token);
            return overdue.Count;
        }, cancel);
        return (expired, expired == limit);
    }
}
