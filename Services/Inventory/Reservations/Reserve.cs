using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

/// <summary>Sets stock aside for an order: all its lines or none.</summary>
public sealed class Reserve(InventoryDb db, MoveStock stock, IOptions<ReservationOptions> options)
{
    public async Task<ReserveResponse> HandleAsync(ReserveRequest request, CancellationToken cancel)
    {
        var input = ReserveInput.Read(request, options.Value.Lifetime);
        await db.InTransactionAsync(async token =>
        {
            // The order's row first, always: who comes second with the same order waits here and sees what the first has decided.
            var isFirst = await db.Database.ExecuteSqlAsync($"""
                insert into reservation (order_id, status, product_ids, quantities, expires_at)
                values ({input.OrderId}, {ReservationStatus.Reserved}, {input.ProductIds}, {input.Quantities}, now() + {input.Lifetime})
                on conflict (order_id) do nothing
                """, token) == 1;
            if (!isFirst)
                Repeat(await db.Reservations.AsNoTracking().SingleAsync(reservation => reservation.OrderId == input.OrderId, token), input);
            else if (!await stock.TryAsync(input.ProductIds.Zip(input.Quantities, (product, quantity) => Move.Reserve(product, quantity)), token))
                throw new RefusedException("out_of_stock", "There is not enough of every product.");
        }, cancel);
        return new();
    }

    private static void Repeat(Reservation known, ReserveInput input)
    {
        if (known.Status is ReservationStatus.Released or ReservationStatus.Restocked)
            throw new RefusedException("released", "The order was given up before.");
        if (known.Status == ReservationStatus.Expired)
            throw new RefusedException("reservation_expired", "The reservation was not confirmed in time.");
        if (!known.Holds(input.ProductIds, input.Quantities))
            throw new ConflictException("reservation_differs", "The order has a reservation with other lines.");
    }
}
