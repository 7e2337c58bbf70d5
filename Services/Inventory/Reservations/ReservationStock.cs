using Shop.Inventory.Stock;

namespace Shop.Inventory.Reservations;

internal static class ReservationStock
{
    /// <summary>Changes the stock of the reservations' lines, and publishes the changes.</summary>
    public static async Task ChangeStockAsync(this IReadOnlyCollection<Reservation> reservations, InventoryDb db, Func<Guid, long, StockChange> change, CancellationToken cancel)
    {
        if (reservations.Count == 0)
            return;

        var stock = await LockedStock.LockAsync(db, reservations.SelectMany(reservation => reservation.ProductIds), cancel);
        foreach (var reservation in reservations)
            stock.Change(reservation.Changes(change));
        stock.PublishChanges();
    }
}
