using Shop.Catalog.Caching;
using Shop.Catalog.Categories;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Shop.Messaging;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Products;

/// <summary>Adds a product. Its stock is 0: Inventory creates the stock row when it handles the event.</summary>
internal sealed class CreateProduct(CatalogDb db, ProductViews views, ProductChanges changes, TimeProvider clock)
{
    public async Task<CreateProductResponse> HandleAsync(CreateProductRequest request, CancellationToken cancel)
    {
        var product = await ReadAsync(request, cancel);
        if (request.ValidateOnly)
            return new();

        db.Products.Add(product);
        db.SearchDocuments.Add(SearchDocument.Of(product.Id, product.Name, product.Description));
        db.Publish(product.Added(clock.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        await changes.NotifyAsync(product.Id);

        return new() { Product = await views.GetAsync(product.Id, request.Language, cancel) };
    }

    private async Task<Product> ReadAsync(CreateProductRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var name = ProductInput.Name(check, request.Name);
        var description = ProductInput.Description(check, request.Description);
        var price = ProductInput.Price(check, request.Price);
        var imageUrl = ProductInput.ImageUrl(check, request.HasImageUrl ? request.ImageUrl : null);
        check.That(name is not null, "name", "is missing");
        check.That(description is not null, "description", "is missing");
        check.That(price is not null, "price", "is missing");
        if (check.That(request.CategoryId.Length > 0, "categoryId", "is missing"))
            await db.CheckCategoryAsync(check, request.CategoryId, cancel);
        check.ThrowIfAny();

        return Product.Add(Guid.CreateVersion7(clock.GetUtcNow()), name!, description!, request.CategoryId, price!.Value, imageUrl);
    }
}
