using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Caching;
using Shop.Catalog.Categories;
using Shop.Catalog.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Products;

/// <summary>Changes fields of a product; absent fields stay unchanged.</summary>
internal sealed class UpdateProduct(CatalogDb db, ProductViews views, ProductChanges changes, TimeProvider clock)
{
    public async Task<UpdateProductResponse> HandleAsync(UpdateProductRequest request, CancellationToken cancel)
    {
        var id = Check.Uuid(request.ProductId) ?? throw new NotFoundException("No such product.");
        var check = new Check();
        var name = ProductInput.Name(check, request.Name);
        var description = ProductInput.Description(check, request.Description);
        var price = ProductInput.Price(check, request.Price);
        var imageUrl = ProductInput.ImageUrl(check, request.HasImageUrl ? request.ImageUrl : null);
        var category = request.HasCategoryId ? request.CategoryId : null;
        if (category is not null)
            await db.CheckCategoryAsync(check, category, cancel);
        check.ThrowIfAny();
        if (request.ValidateOnly)
            return new();

        await db.InTransactionAsync(async token =>
        {
            // Locked: concurrent changes are serialised, and their versions are published in order.
            await db.Database.ExecuteSqlAsync($"select from products where id = {id} for update", token);
            var product = await db.Products.SingleOrDefaultAsync(product => product.Id == id, token) ?? throw new NotFoundException("No such product.");
            if (!product.Change(name, description, category, price, imageUrl))
                return;

            // A discontinued product has none.
            if (name is not null || description is not null)
                (await db.SearchDocuments.SingleOrDefaultAsync(document => document.ProductId == id, token))?.Describe(product.Name, product.Description);
            db.Publish(product.Changed(clock.GetUtcNow()));
        }, cancel);
        await changes.NotifyAsync(id);

        return new() { Product = await views.GetAsync(id, request.Language, cancel) };
    }
}
