using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Reservations;

internal static class Orders
{
    public static Guid Read(string orderId)
    {
        var check = new Check();
        var id = check.Uuid("orderId", orderId);
        check.ThrowIfAny();
        return id;
    }

    /// <summary>
    /// The order's reservation, locked; or null, and then the order is remembered as released: its Reserve may still be on its way and must not win.
    /// </summary>
    public static async Task<Reservation?> LockOrBuryAsync(this InventoryDb db, Guid orderId, CancellationToken cancel)
    {
        var isUnknown = await db.Database.ExecuteSqlAsync($"""
            insert into reservation (order_id, status, product_ids, quantities, expires_at, finished_at)
            values ({orderId}, {ReservationStatus.Released}, array[]::uuid[], array[]::integer[], now(), now())
            on conflict (order_id) do nothing
            """, cancel) == 1;
        return isUnknown ? null : await db.Reservations.FromSql($"select * from reservation where order_id = {orderId} for update").SingleAsync(cancel);
    }
}
