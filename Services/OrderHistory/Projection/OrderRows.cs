using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.OrderHistory.Orders;

namespace Shop.OrderHistory.Projection;

/// <summary>
/// The rows of the orders of a transaction, locked. Events of one order come from three topics, so several transactions write the same row; each locks all of its rows at
/// once, in the order of their ids, and none waits for another in a circle.
/// </summary>
internal sealed class OrderRows(OrderHistoryDb db)
{
    private Dictionary<Guid, OrderRecord>? _rows;

    public async Task<OrderRecord> OfAsync(Guid order, EventContext context, CancellationToken cancel)
    {
        _rows ??= await LockAsync([.. context.BatchKeys.Select(key => Guid.TryParse(key, out var id) ? id : order).Append(order).Distinct().Order()], cancel);
        return _rows.TryGetValue(order, out var row) ? row : _rows[order] = (await LockAsync([order], cancel))[order];
    }

    private async Task<Dictionary<Guid, OrderRecord>> LockAsync(Guid[] ids, CancellationToken cancel)
    {
        // The first of an order's events makes the row, empty; a concurrent one waits for it here.
        await db.Database.ExecuteSqlAsync($"""
            select pg_advisory_xact_lock_shared({ProjectionLocks.Tables});
            insert into orders (id) select unnest({ids}) on conflict (id) do nothing
            """, cancel);
        return await db.Orders.FromSql($"select * from orders where id = any({ids}) order by id for update").ToDictionaryAsync(order => order.Id, cancel);
    }
}
