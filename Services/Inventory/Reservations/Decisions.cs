using Microsoft.EntityFrameworkCore;

namespace Shop.Inventory.Reservations;

/// <summary>
/// The final transitions of reservations. Confirmation, release, restocking and expiry of one reservation race; the first conditional update wins. Reservation rows are
/// locked in the order of their ids, before any stock row.
/// </summary>
internal static class Decisions
{
    /// <summary>Changes the status from <paramref name="from"/> to <paramref name="to"/> and returns the reservations that changed. An overdue one is not confirmed.</summary>
    public static Task<List<Reservation>> DecideAsync(this InventoryDb db, Guid[] orderIds, string from, string to, CancellationToken cancel) =>
        db.Reservations.FromSql($"""
            with matching as (
                select order_id from reservations
                where order_id = any({orderIds}) and status = {from} and (expires_at > now() or {to} <> 'confirmed')
                order by order_id
                for update)
            update reservations set status = {to}, finished_at = now()
            from matching where reservations.order_id = matching.order_id and reservations.status = {from}
            returning reservations.*
            """).AsNoTracking().ToListAsync(cancel);

    /// <summary>The reservations of these orders, by order id.</summary>
    public static Task<Dictionary<Guid, Reservation>> KnownAsync(this InventoryDb db, IEnumerable<Guid> orderIds, CancellationToken cancel) =>
        db.Reservations.AsNoTracking().Where(reservation => orderIds.Contains(reservation.OrderId)).ToDictionaryAsync(reservation => reservation.OrderId, cancel);

    /// <summary>
    /// Records unknown orders as released, since their Reserve may still be in flight and must be refused. False: one of them exists by now.
    /// </summary>
    public static async Task<bool> AddTombstonesAsync(this InventoryDb db, Guid[] orderIds, CancellationToken cancel) =>
        orderIds.Length == 0 || await db.Database.ExecuteSqlAsync($"""
            insert into reservations (order_id, status, product_ids, quantities, expires_at, finished_at)
            select id, {ReservationStatus.Released}, array[]::uuid[], array[]::integer[], now(), now() from unnest({orderIds}) as id order by id
            on conflict (order_id) do nothing
            """, cancel) == orderIds.Length;
}
