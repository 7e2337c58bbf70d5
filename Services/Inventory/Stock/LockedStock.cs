using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Inventory.V1;
using Shop.Messaging;

namespace Shop.Inventory.Stock;

/// <summary>
/// The one way in which stock changes. Rows are locked first, in the order of the product ids, so that transactions on the same products wait for each other
/// without a deadlock. An event is published once per product and transaction, however many changes were made.
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

    /// <summary>The time of the database, which all replicas share. Not set when none of the products is known.</summary>
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

    /// <summary>Makes all changes, or none and returns false: there is not enough stock. At most one change per product.</summary>
    public bool TryChange(IReadOnlyCollection<StockChange> changes)
    {
        if (!changes.All(change => Find(change.ProductId)?.Can(change) is true))
            return false;

        foreach (var change in changes)
            Find(change.ProductId)!.Apply(change);
        return true;
    }

    /// <summary>For changes that cannot be refused: what is reserved can be released or sold.</summary>
    /// <exception cref="InvalidOperationException">The stock holds less than its reservations: an invariant is broken.</exception>
    public void Change(IReadOnlyCollection<StockChange> changes)
    {
        if (!TryChange(changes))
            throw new InvalidOperationException("The stock is less than its reservations.");
    }

    /// <summary>Publishes what has changed, in the next SaveChanges, with the change itself.</summary>
    public void PublishChanges()
    {
        foreach (var (item, before) in _items.Values.Where(known => _db.Entry(known.Item).State == EntityState.Modified))
        {
            item.Stamp(Now);
            _db.Publish(item.Changed());
            var (id, at) = (item.ProductId.ToString(), Now.ToTimestamp());
            // The two changes that shoppers see.
            if (before > 0 && item.Available == 0)
                _db.Publish(new SoldOut { ProductId = id, SoldOutAt = at });
            else if (before == 0 && item.Available > 0)
                _db.Publish(new BackInStock { ProductId = id, Available = item.Available, BackAt = at });
        }
    }

    private sealed record Row(Guid ProductId, long OnHand, long Reserved, long Version, DateTimeOffset Now);
}
