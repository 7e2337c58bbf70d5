using Shop.Inventory.Grouping;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

internal sealed record ReleaseInput(Guid OrderId);

/// <summary>The order is given up before it is a sale: what was set aside is for everybody again.</summary>
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

    /// <returns>What was decided before; null: a Reserve came in between, once more.</returns>
    private async Task<Dictionary<Guid, Reservation>?> TryReleaseAsync(Guid[] orderIds, CancellationToken cancel)
    {
        var released = await db.DecideAsync(orderIds, ReservationStatus.Reserved, ReservationStatus.Released, cancel);
        await released.ChangeStockAsync(db, StockChange.Release, cancel);

        var left = orderIds.Except(released.Select(reservation => reservation.OrderId)).ToList();
        if (left.Count == 0)
            return [];

        // Last, when the stock is locked already: the Reserve of an order that is buried holds its stock and waits for the tombstone.
        var known = await db.KnownAsync(left, cancel);
        var isDecided = known.Values.All(order => order.Status != ReservationStatus.Reserved);
        return await db.ReleaseDeadReplicasAsync([.. left.Except(known.Keys)], cancel) && isDecided ? known : null;
    }

    // Saying yes to a sale would lose the goods: nobody else would bring them back.
    private static RefusedException? Refusal(Reservation? known) =>
        known?.Status == ReservationStatus.Confirmed ? new("confirmed", "The order is sold; only Restock brings its goods back.") : null;
}
