using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;

namespace Shop.Inventory.Reservations;

/// <summary>A sale is taken back: its goods lie on the shelf again. What was only set aside is released.</summary>
internal sealed class Restock(InventoryDb db)
{
    public async Task<RestockResponse> HandleAsync(RestockRequest request, CancellationToken cancel)
    {
        Guid[] order = [OrderIds.Read(request.OrderId)];
        await db.InTransactionAsync(async token =>
        {
            while (!await TakeBackAsync(order, token))
            {
            }
        }, cancel);
        return new();
    }

    /// <returns>False: another command for the order came in between.</returns>
    private async Task<bool> TakeBackAsync(Guid[] order, CancellationToken cancel)
    {
        if (await db.DecideAsync(order, ReservationStatus.Confirmed, ReservationStatus.Restocked, cancel) is { Count: > 0 } sold)
        {
            await sold.ChangeStockAsync(db, StockChange.Restock, cancel);
            return true;
        }

        if (await db.DecideAsync(order, ReservationStatus.Reserved, ReservationStatus.Released, cancel) is { Count: > 0 } reserved)
        {
            await reserved.ChangeStockAsync(db, StockChange.Release, cancel);
            return true;
        }

        return await db.KnownAsync(order, cancel) is { Count: > 0 } known
            ? known.Values.All(ended => ended.Status is not (ReservationStatus.Confirmed or ReservationStatus.Reserved))
            : await db.ReleaseDeadReplicasAsync(order, cancel);
    }
}
