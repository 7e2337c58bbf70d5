using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Caching;
using Shop.Catalog.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Products;

/// <summary>A product is not sold any more: lists and searches no longer have it, and new orders of it are refused.</summary>
internal sealed class DiscontinueProduct(CatalogDb db, ProductChanges changes, TimeProvider clock)
{
    public async Task<DiscontinueProductResponse> HandleAsync(DiscontinueProductRequest request, CancellationToken cancel)
    {
        var id = Check.Uuid(request.ProductId) ?? throw new NotFoundException("No such product.");
        await db.InTransactionAsync(async token =>
        {
            // Locked, as in UpdateProduct.
            await db.Database.ExecuteSqlAsync($"select from products where id = {id} for update", token);
            var product = await db.Products.SingleOrDefaultAsync(product => product.Id == id, token) ?? throw new NotFoundException("No such product.");
            var now = clock.GetUtcNow();
            if (!product.Discontinue(now))
                return;

            await db.SearchDocuments.Where(document => document.ProductId == id).ExecuteDeleteAsync(token);
            db.Publish(product.Discontinued(now));
        }, cancel);
        await changes.NotifyAsync(id);
        return new();
    }
}
