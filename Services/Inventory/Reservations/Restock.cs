using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Messaging;

namespace Shop.Inventory.Reservations;

/// <summary>A sale is taken back: its goods lie on the shelf again. What was only set aside is released.</summary>
public sealed class Restock(InventoryDb db, MoveStock stock, TimeProvider clock)
{
    public async Task<RestockResponse> HandleAsync(RestockRequest request, CancellationToken cancel)
    {
        var orderId = Orders.Read(request.OrderId);
        await db.InTransactionAsync(async token =>
        {
            var reservation = await db.LockOrBuryAsync(orderId, token);
            switch (reservation?.Status)
            {
                case ReservationStatus.Confirmed:
                    reservation.End(ReservationStatus.Restocked, clock.GetUtcNow());
                    await stock.MustAsync(reservation.Moves(Move.Restock), token);
                    break;
                case ReservationStatus.Reserved:
                    reservation.End(ReservationStatus.Released, clock.GetUtcNow());
                    await stock.MustAsync(reservation.Moves(Move.Release), token);
                    break;
            }
        }, cancel);
        return new();
    }
}
