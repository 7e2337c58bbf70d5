using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Inventory.V1;
using Shop.Messaging;

namespace Shop.Inventory.Stock;

/// <summary>
/// The one way in which stock changes: the rows are locked first, always in the order of the product ids, so that those who want the same products wait for each
/// other and never for ever; then it is decided, with nobody else at it. What changed is told once per product and transaction, however many moves made it.
/// </summary>
internal sealed class LockedStock
{
    private readonly InventoryDb _db;
    private readonly Dictionary<Guid, (StockItem Item, long Before)> _items;

    private LockedStock(InventoryDb db, List<Row> rows)
    {
        _db = db;
        _items = rows.ToDictionary(row => row.ProductId, row => (StockItem.Of(row.ProductId, row.OnHand, row.Reserved, row.Version), row.OnHand - row.Reserved));
        Now = rows is [var first, ..] ? first.Now : default;
        db.AttachRange(_items.Values.Select(known => known.Item));
    }

    /// <summary>By the database's clock, the one that all replicas share. Not set when none of the products is known.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Within a transaction, which keeps the locks to its end. Unknown products are not in it.</summary>
    public static async Task<LockedStock> LockAsync(InventoryDb db, IEnumerable<Guid> productIds, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("Stock is locked in a transaction.");

        var ids = productIds.Distinct().ToArray();
        return new(db, await db.Database.SqlQuery<Row>($"""
            select product_id, on_hand, reserved, version, clock_timestamp() as now
            from stock where product_id = any({ids}) order by product_id for update
            """).ToListAsync(cancel));
    }

    public StockItem? Find(Guid productId) => _items.TryGetValue(productId, out var known) ? known.Item : null;

    /// <summary>All of them, or none and false: then there is not enough. One move a product.</summary>
    public bool TryMove(IReadOnlyCollection<Move> moves)
    {
        if (!moves.All(move => Find(move.ProductId)?.Can(move) is true))
            return false;

        foreach (var move in moves)
            Find(move.ProductId)!.Do(move);
        return true;
    }

    /// <summary>For moves that the caller has a right to: what is reserved can be released or sold. Anything else is a broken invariant.</summary>
    public void MustMove(IReadOnlyCollection<Move> moves)
    {
        if (!TryMove(moves))
            throw new InvalidOperationException("The stock does not hold what a reservation says that it holds.");
    }

    /// <summary>Tells what has changed: in the next SaveChanges, with the change.</summary>
    public void Tell()
    {
        foreach (var (item, before) in _items.Values.Where(known => _db.Entry(known.Item).State == EntityState.Modified))
        {
            item.Stamp(Now);
            _db.Publish(item.Changed());
            var (id, at) = (item.ProductId.ToString(), Now.ToTimestamp());
            // The two changes that shoppers care about.
            if (before > 0 && item.Available == 0)
                _db.Publish(new SoldOut { ProductId = id, SoldOutAt = at });
            else if (before == 0 && item.Available > 0)
                _db.Publish(new BackInStock { ProductId = id, Available = item.Available, BackAt = at });
        }
    }

    private sealed record Row(Guid ProductId, long OnHand, long Reserved, long Version, DateTimeOffset Now);
}
