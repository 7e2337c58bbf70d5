using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;

namespace Shop.Inventory.Reservations;

/// <summary>Returns the stock of a sale. A reservation that is not confirmed is released.</summary>
internal sealed class Restock(InventoryDb db)
{
    public async Task<RestockResponse> HandleAsync(RestockRequest request, CancellationToken cancel)
    {
        Guid[] order = [OrderIds.Read(request.OrderId)];
        await db.InTransactionAsync(async token =>
        {
            while (!await TryRestockAsync(order, token))
            {
            }
        }, cancel);
        return new();
    }

    /// <returns>False: a concurrent command for the order, so retry.</returns>
    private async Task<bool> TryRestockAsync(Guid[] order, CancellationToken cancel)
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
            : await db.AddTombstonesAsync(order, cancel);
    }
}
