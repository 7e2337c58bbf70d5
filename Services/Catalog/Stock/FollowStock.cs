using Microsoft.EntityFrameworkCore;
using Shop.Inventory.V1;
using Shop.Messaging;

namespace Shop.Catalog.Stock;

/// <summary>Keeps the stock that lists and searches show.</summary>
public sealed class FollowStock(CatalogDb db) : IHandle<StockChanged>
{
    public Task HandleAsync(StockChanged @event, EventContext context, CancellationToken cancel)
    {
        var productId = Guid.Parse(@event.ProductId);

        // Ordered by key already; the condition also holds when old events are published again.
        return db.Database.ExecuteSqlAsync($"""
            insert into product_stock (product_id, available, version) values ({productId}, {@event.Available}, {@event.Version})
            on conflict (product_id) do update set available = excluded.available, version = excluded.version
            where product_stock.version < excluded.version
            """, cancel);
    }
}
