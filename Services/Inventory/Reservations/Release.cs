using Shop.Inventory.Grouping;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

internal sealed record ReleaseInput(Guid OrderId);

/// <summary>The order is given up before it is a sale: what was set aside is for everybody again.</summary>
internal sealed class Release(InventoryDb db, GroupCommit<ReleaseInput> groups)
{
    private static readonly Guid Line = Guid.Empty;

    public async Task<ReleaseResponse> HandleAsync(ReleaseRequest request, CancellationToken cancel)
    {
        await groups.RunAsync(Line, new(OrderIds.Read(request.OrderId)), ReleaseAsync, cancel);
        return new();
    }

    private Task<IReadOnlyList<ShopException?>> ReleaseAsync(IReadOnlyList<ReleaseInput> inputs, CancellationToken cancel) => db.InTransactionAsync<IReadOnlyList<ShopException?>>(async token =>
    {
        db.ChangeTracker.Clear();
        var released = new List<Reservation>();
        var left = inputs.Select(input => input.OrderId).Distinct().ToArray();
        var known = new Dictionary<Guid, Reservation>();
        while (left.Length > 0)
        {
            released.AddRange(await db.DecideAsync(left, ReservationStatus.Reserved, ReservationStatus.Released, token));
            left = [.. left.Except(released.Select(reservation => reservation.OrderId))];
            if (left.Length == 0)
                break;

            known = await db.KnownAsync(left, token);
            if (!known.Values.Any(order => order.Status == ReservationStatus.Reserved) && await db.BuryAsync([.. left.Except(known.Keys)], token))
                break;
            // Else its Reserve has come in between: once more.
        }

        await released.MoveAsync(db, Move.Release, token);
        return [.. inputs.Select(input => Refusal(known.GetValueOrDefault(input.OrderId)))];
    }, cancel);

    // Saying yes to a sale would lose the goods: nobody else would bring them back.
    private static RefusedException? Refusal(Reservation? known) =>
        known?.Status == ReservationStatus.Confirmed ? new("confirmed", "The order is sold; only Restock brings its goods back.") : null;
}
