using Shop.Inventory.Stock;

namespace Shop.Inventory.Reservations;

internal static class ReservationMoves
{
    /// <summary>What became of reservations, done to the stock that they hold, and told.</summary>
    public static async Task MoveAsync(this IReadOnlyCollection<Reservation> reservations, InventoryDb db, Func<Guid, long, Move> move, CancellationToken cancel)
    {
        if (reservations.Count == 0)
            return;

        var stock = await LockedStock.LockAsync(db, reservations.SelectMany(reservation => reservation.ProductIds), cancel);
        foreach (var reservation in reservations)
            stock.MustMove(reservation.Moves(move));
        stock.Tell();
    }
}
