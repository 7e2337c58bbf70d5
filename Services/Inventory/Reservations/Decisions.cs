using Microsoft.EntityFrameworkCore;

namespace Shop.Inventory.Reservations;

/// <summary>
/// How reservations end. Confirmation, release, restocking and expiry of the same one race against each other; it is decided by whose conditional update comes first,
/// and the others find it decided. Rows are taken in the order of their ids, before any stock is.
/// </summary>
internal static class Decisions
{
    /// <summary>Those that were <paramref name="from"/> and are <paramref name="to"/> now. Only in time for a confirmation.</summary>
    public static Task<List<Reservation>> DecideAsync(this InventoryDb db, Guid[] orderIds, string from, string to, CancellationToken cancel) =>
        db.Reservations.FromSql($"""
            with mine as (
                select order_id from reservation
                where order_id = any({orderIds}) and status = {from} and (expires_at > now() or {to} <> 'confirmed')
                order by order_id
                for update)
            update reservation set status = {to}, finished_at = now()
            from mine where reservation.order_id = mine.order_id and reservation.status = {from}
            returning reservation.*
            """).AsNoTracking().ToListAsync(cancel);

    /// <summary>What is known of these orders now.</summary>
    public static Task<Dictionary<Guid, Reservation>> KnownAsync(this InventoryDb db, IEnumerable<Guid> orderIds, CancellationToken cancel) =>
        db.Reservations.AsNoTracking().Where(reservation => orderIds.Contains(reservation.OrderId)).ToDictionaryAsync(reservation => reservation.OrderId, cancel);

    /// <summary>
    /// Remembers unknown orders as released, for their Reserve may still be on its way and must not win. False: one of them is known after all.
    /// </summary>
    public static async Task<bool> ReleaseDeadReplicasAsync(this InventoryDb db, Guid[] orderIds, CancellationToken cancel) =>
        orderIds.Length == 0 || await db.Database.ExecuteSqlAsync($"""
            insert into reservation (order_id, status, product_ids, quantities, expires_at, finished_at)
            select id, {ReservationStatus.Released}, array[]::uuid[], array[]::integer[], now(), now() from unnest({orderIds}) as id order by id
            on conflict (order_id) do nothing
            """, cancel) == orderIds.Length;
}
