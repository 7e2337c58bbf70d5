using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Inventory.Grouping;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Inventory.Reservations;

/// <summary>
/// Reserves stock for an order: all its lines or none. Concurrent buyers of one product share a transaction, in the order of arrival. A refusal is based on committed
/// stock, since the product's row is locked.
/// </summary>
internal sealed class Reserve(InventoryDb db, GroupCommit<ReserveInput> groups, IOptions<ReservationOptions> options)
{
    public async Task<ReserveResponse> HandleAsync(ReserveRequest request, CancellationToken cancel)
    {
        var input = ReserveInput.Read(request, options.Value.Lifetime);
        // The queue of the product whose row is locked first: concurrent buyers would wait for that lock.
        await groups.RunAsync(input.Lines.Min(line => line.ProductId), input, ReserveAsync, cancel);
        return new();
    }

    private async Task<IReadOnlyList<ShopException?>> ReserveAsync(IReadOnlyList<ReserveInput> inputs, CancellationToken cancel)
    {
        // Repeated commands are rare, so earlier reservations are queried only after a violation of the primary key.
        for (var isRepeat = false; ; isRepeat = true)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await db.InTransactionAsync(token => ReserveGroupAsync(inputs, isRepeat, token), cancel);
            }
            catch (AllRefusedException failure)
            {
                return failure.Refusals;
            }
            catch (DbUpdateException failure) when (failure.IsUniqueViolation())
            {
                // Retry, with a query of the earlier reservations.
            }
        }
    }

    private async Task<IReadOnlyList<ShopException?>> ReserveGroupAsync(IReadOnlyList<ReserveInput> inputs, bool isRepeat, CancellationToken cancel)
    {
        var stock = await LockedStock.LockAsync(db, inputs.SelectMany(input => input.Lines).Select(line => line.ProductId), cancel);
        var known = isRepeat ? await db.KnownAsync(inputs.Select(input => input.OrderId), cancel) : [];
        var reserved = new List<Reservation>();
        var answers = inputs.Select(input => TryReserve(input, stock, known, reserved)).ToList();
        if (reserved.Count == 0)
            throw new AllRefusedException(answers);

        // In the order of their ids, as tombstones are inserted, too: no deadlock on the keys.
        db.Reservations.AddRange(reserved.OrderBy(reservation => reservation.OrderId));
        stock.PublishChanges();
        return answers;
    }

    private static ShopException? TryReserve(ReserveInput input, LockedStock stock, Dictionary<Guid, Reservation> known, List<Reservation> reserved)
    {
        if (known.TryGetValue(input.OrderId, out var earlier))
            return Repeat(earlier, input);
        if (!stock.TryChange(input.Lines))
            return new RefusedException("out_of_stock", "There is not enough stock of every product.");

        var reservation = Reservation.Of(input, stock.Now);
        known.Add(input.OrderId, reservation);
        reserved.Add(reservation);
        return null;
    }

    private static ShopException? Repeat(Reservation known, ReserveInput input) => known.Status switch
    {
        ReservationStatus.Released or ReservationStatus.Restocked => new RefusedException("released", "The reservation was released before."),
        ReservationStatus.Expired => new RefusedException("reservation_expired", "The reservation was not confirmed in time."),
        _ when !known.Holds(input.Lines) =>
            new ConflictException("reservation_differs", "The order has a reservation with other lines."),
        _ => null,
    };

    /// <summary>Rolls back, which is cheaper than a commit: nothing has changed.</summary>
    private sealed class AllRefusedException(IReadOnlyList<ShopException?> refusals) : Exception
    {
        public IReadOnlyList<ShopException?> Refusals => refusals;
    }
}
