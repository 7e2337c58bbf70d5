using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Inventory.Grouping;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

/// <summary>
/// Sets stock aside for an order: all its lines or none. Under a crowd the buyers of a product share a transaction; who comes first gets first, and a refusal rests on
/// what is committed: the product's row is locked while it is decided.
/// </summary>
internal sealed class Reserve(InventoryDb db, GroupCommit<ReserveInput> groups, IOptions<ReservationOptions> options)
{
    public async Task<ReserveResponse> HandleAsync(ReserveRequest request, CancellationToken cancel)
    {
        var input = ReserveInput.Read(request, options.Value.Lifetime);
        // The product whose row is locked first: that is where a crowd would wait anyway.
        await groups.RunAsync(input.ProductIds.Min(), input, ReserveAsync, cancel);
        return new();
    }

    private async Task<IReadOnlyList<ShopException?>> ReserveAsync(IReadOnlyList<ReserveInput> inputs, CancellationToken cancel)
    {
        // Commands hardly ever come twice, so nobody looks for earlier ones until the primary key says that there is one.
        for (var looks = false; ; looks = true)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await db.InTransactionAsync(token => TakeAsync(inputs, looks, token), cancel);
            }
            catch (NobodyServed none)
            {
                return none.Answers;
            }
            catch (DbUpdateException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Once more, and with a look.
            }
        }
    }

    private async Task<IReadOnlyList<ShopException?>> TakeAsync(IReadOnlyList<ReserveInput> inputs, bool looks, CancellationToken cancel)
    {
        var stock = await LockedStock.LockAsync(db, inputs.SelectMany(input => input.ProductIds), cancel);
        var known = looks ? await db.KnownAsync(inputs.Select(input => input.OrderId), cancel) : [];
        var taken = new List<Reservation>();
        var answers = inputs.Select(input => Take(input, stock, known, taken)).ToList();
        if (taken.Count == 0)
            throw new NobodyServed(answers);

        // In the order in which orders are buried, too: nobody waits for another's key who waits for ours.
        db.Reservations.AddRange(taken.OrderBy(reservation => reservation.OrderId));
        stock.PublishChanges();
        return answers;
    }

    private static ShopException? Take(ReserveInput input, LockedStock stock, Dictionary<Guid, Reservation> known, List<Reservation> taken)
    {
        if (known.TryGetValue(input.OrderId, out var earlier))
            return Repeat(earlier, input);
        if (!stock.TryChange([.. input.ProductIds.Zip(input.Quantities, (product, quantity) => StockChange.Reserve(product, quantity))]))
            return new RefusedException("out_of_stock", "There is not enough of every product.");

        var reservation = Reservation.Of(input, stock.Now);
        known.Add(input.OrderId, reservation);
        taken.Add(reservation);
        return null;
    }

    private static ShopException? Repeat(Reservation known, ReserveInput input) => known.Status switch
    {
        ReservationStatus.Released or ReservationStatus.Restocked => new RefusedException("released", "The order was given up before."),
        ReservationStatus.Expired => new RefusedException("reservation_expired", "The reservation was not confirmed in time."),
        _ when !known.Holds(input.ProductIds, input.Quantities) =>
            new ConflictException("reservation_differs", "The order has a reservation with other lines."),
        _ => null,
    };

    /// <summary>Rolls back, for a transaction that changes nothing need not be made durable.</summary>
    private sealed class NobodyServed(IReadOnlyList<ShopException?> answers) : Exception
    {
        public IReadOnlyList<ShopException?> Answers => answers;
    }
}
