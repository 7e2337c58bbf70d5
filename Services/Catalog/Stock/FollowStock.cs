using Microsoft.EntityFrameworkCore;
using Shop.Inventory.V1;
using Shop.Messaging;

namespace Shop.Catalog.Stock;

/// <summary>Projects Inventory's stock, for lists and searches.</summary>
internal sealed class FollowStock(CatalogDb db) : IHandle<StockChanged>
{
    public Task HandleAsync(StockChanged @event, EventContext context, CancellationToken cancel)
    {
        var productId = Guid.Parse(@event.ProductId);

        // Events of a product arrive in order; the condition on the version also covers a replay of old events.
        return db.Database.ExecuteSqlAsync($"""
            insert into stock (product_id, available, version) values ({productId}, {@event.Available}, {@event.Version})
            on conflict (product_id) do update set available = excluded.available, version = excluded.version
            where stock.version < excluded.version
            """, cancel);
    }
}
