using Shop.Inventory.Grouping;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Inventory.Reservations;

internal sealed record ReleaseInput(Guid OrderId);

/// <summary>Releases the stock of an order that is cancelled before its sale.</summary>
internal sealed class Release(InventoryDb db, GroupCommit<ReleaseInput> groups)
{
    private static readonly Guid Queue = Guid.Empty;

    public async Task<ReleaseResponse> HandleAsync(ReleaseRequest request, CancellationToken cancel)
    {
        await groups.RunAsync(Queue, new(OrderIds.Read(request.OrderId)), ReleaseAsync, cancel);
        return new();
    }

    private async Task<IReadOnlyList<ShopException?>> ReleaseAsync(IReadOnlyList<ReleaseInput> inputs, CancellationToken cancel)
    {
        var orderIds = inputs.Select(input => input.OrderId).Distinct().ToArray();
        Dictionary<Guid, Reservation>? known;
        do
        {
            db.ChangeTracker.Clear();
            known = await db.InTransactionAsync(token => TryReleaseAsync(orderIds, token), cancel);
        }
        while (known is null);

        return [.. inputs.Select(input => Refusal(known.GetValueOrDefault(input.OrderId)))];
    }

    /// <returns>The reservations that had ended before; null: a concurrent Reserve, so retry.</returns>
    private async Task<Dictionary<Guid, Reservation>?> TryReleaseAsync(Guid[] orderIds, CancellationToken cancel)
    {
        var released = await db.DecideAsync(orderIds, ReservationStatus.Reserved, ReservationStatus.Released, cancel);
        await released.ChangeStockAsync(db, StockChange.Release, cancel);

        var left = orderIds.Except(released.Select(reservation => reservation.OrderId)).ToList();
        if (left.Count == 0)
            return [];

        // Last, when the stock is locked already: a concurrent Reserve of such an order holds the stock's lock and waits for the tombstone's key.
        var known = await db.KnownAsync(left, cancel);
        var isDecided = known.Values.All(order => order.Status != ReservationStatus.Reserved);
        return await db.AddTombstonesAsync([.. left.Except(known.Keys)], cancel) && isDecided ? known : null;
    }

    // To accept this for a sale would lose the stock: nothing else returns it.
    private static RefusedException? Refusal(Reservation? known) =>
        known?.Status == ReservationStatus.Confirmed ? new("confirmed", "The order is sold; only Restock returns its stock.") : null;
}
