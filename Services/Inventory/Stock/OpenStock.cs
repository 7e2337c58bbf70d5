using Microsoft.EntityFrameworkCore;
using Shop.Catalog.V1;
using Shop.Messaging;

namespace Shop.Inventory.Stock;

/// <summary>Creates the stock row of a new product, with a stock of 0, and publishes it.</summary>
internal sealed class OpenStock(InventoryDb db) : IHandle<ProductAdded>
{
    public async Task HandleAsync(ProductAdded @event, EventContext context, CancellationToken cancel)
    {
        var opened = await db.Stock.FromSql($"""
            insert into stock (product_id, on_hand, reserved, version, changed_at) values ({Guid.Parse(@event.ProductId)}, 0, 0, 1, now())
            on conflict (product_id) do nothing
            returning *
            """).AsNoTracking().ToListAsync(cancel);
        foreach (var stock in opened)
            db.Publish(stock.Changed());
    }
}
