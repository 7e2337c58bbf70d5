using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

/// <summary>The order is given up before it is a sale: what was set aside is for everybody again.</summary>
public sealed class Release(InventoryDb db, MoveStock stock, TimeProvider clock)
{
    public async Task<ReleaseResponse> HandleAsync(ReleaseRequest request, CancellationToken cancel)
    {
        var orderId = Orders.Read(request.OrderId);
        await db.InTransactionAsync(async token =>
        {
            var reservation = await db.LockOrBuryAsync(orderId, token);
            switch (reservation?.Status)
            {
                case ReservationStatus.Reserved:
                    reservation.End(ReservationStatus.Released, clock.GetUtcNow());
                    await stock.MustAsync(reservation.Moves(Move.Release), token);
                    break;
                case ReservationStatus.Confirmed:
                    // Saying yes would lose the goods: nobody else would bring them back.
                    throw new RefusedException("confirmed", "The order is sold; only Restock brings its goods back.");
            }
        }, cancel);
        return new();
    }
}
