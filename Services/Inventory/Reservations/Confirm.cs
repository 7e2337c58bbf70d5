using Microsoft.EntityFrameworkCore;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

/// <summary>The reservation becomes a sale: the goods leave the shelf.</summary>
public sealed class Confirm(InventoryDb db, MoveStock stock)
{
    public async Task<ConfirmResponse> HandleAsync(ConfirmRequest request, CancellationToken cancel)
    {
        var orderId = Orders.Read(request.OrderId);
        await db.InTransactionAsync(async token =>
        {
            // One conditional update: expiry, release and confirmation of the same reservation are decided here, once.
            var confirmed = await db.Reservations.FromSql($"""
                update reservation set status = {ReservationStatus.Confirmed}, finished_at = now()
                where order_id = {orderId} and status = {ReservationStatus.Reserved} and expires_at > now()
                returning *
                """).AsNoTracking().ToListAsync(token);
            if (confirmed is [var reservation])
                await stock.MustAsync(reservation.Moves(Move.Sell), token);
            else
                await RepeatAsync(orderId, token);
        }, cancel);
        return new();
    }

    private async Task RepeatAsync(Guid orderId, CancellationToken cancel)
    {
        var known = await db.Reservations.AsNoTracking().SingleOrDefaultAsync(reservation => reservation.OrderId == orderId, cancel);
        switch (known?.Status)
        {
            case ReservationStatus.Confirmed:
                return;
            case ReservationStatus.Released or ReservationStatus.Restocked:
                throw new RefusedException("released", "The order was given up before.");
            default:
                // Also one that is overdue and not swept up yet, and one that is unknown or forgotten.
                throw new RefusedException("reservation_expired", "There is no reservation for this order any more.");
        }
    }
}
