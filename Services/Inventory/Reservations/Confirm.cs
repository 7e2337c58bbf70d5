using Shop.Inventory.Grouping;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Inventory.Reservations;

internal sealed record ConfirmInput(Guid OrderId);

/// <summary>Turns a reservation into a sale: on hand and reserved stock decrease.</summary>
internal sealed class Confirm(InventoryDb db, GroupCommit<ConfirmInput> groups)
{
    // One queue for all: the products are not known before the reservation is read.
    private static readonly Guid Queue = Guid.Empty;

    public async Task<ConfirmResponse> HandleAsync(ConfirmRequest request, CancellationToken cancel)
    {
        await groups.RunAsync(Queue, new(OrderIds.Read(request.OrderId)), ConfirmAsync, cancel);
        return new();
    }

    private Task<IReadOnlyList<ShopException?>> ConfirmAsync(IReadOnlyList<ConfirmInput> inputs, CancellationToken cancel) => db.InTransactionAsync<IReadOnlyList<ShopException?>>(async token =>
    {
        db.ChangeTracker.Clear();
        var orderIds = inputs.Select(input => input.OrderId).Distinct().ToArray();
        var confirmed = await db.DecideAsync(orderIds, ReservationStatus.Reserved, ReservationStatus.Confirmed, token);
        await confirmed.ChangeStockAsync(db, StockChange.Sell, token);

        var rest = orderIds.Except(confirmed.Select(reservation => reservation.OrderId)).ToList();
        var refusals = new Dictionary<Guid, ShopException?>();
        if (rest.Count > 0)
        {
            var known = await db.KnownAsync(rest, token);
            refusals = rest.ToDictionary(id => id, id => (ShopException?)Repeat(known.GetValueOrDefault(id)));
        }

        return [.. inputs.Select(input => refusals.GetValueOrDefault(input.OrderId))];
    }, cancel);

    private static RefusedException? Repeat(Reservation? known) => known?.Status switch
    {
        ReservationStatus.Confirmed => null,
        ReservationStatus.Released or ReservationStatus.Restocked => new("released", "The reservation was released before."),
        // Also if it is overdue but not expired yet, unknown, or purged.
        _ => new("reservation_expired", "There is no reservation for this order any more."),
    };
}
