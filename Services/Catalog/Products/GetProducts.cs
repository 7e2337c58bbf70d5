using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Products;

/// <summary>
/// Many products, in the order of the given ids. Unknown ids are left out. Orders are priced with them, so they are read from the database and never from the cache.
/// </summary>
internal sealed class GetProducts(CatalogDb db, ProductViews views)
{
    private const int MaxIds = 100;

    public async Task<GetProductsResponse> HandleAsync(GetProductsRequest request, CancellationToken cancel)
    {
        if (request.ProductIds.Count > MaxIds)
            throw new InvalidException("productIds", $"must be at most {MaxIds}");

        var ids = request.ProductIds.Select(id => Check.Uuid(id) ?? Guid.Empty).Distinct().ToList();
        var products = await views.ToListAsync(db.Products.Where(product => ids.Contains(product.Id)), request.Language, cancel);
        var byId = products.ToDictionary(product => Guid.Parse(product.Id));
        return new() { Products = { ids.Where(byId.ContainsKey).Select(id => byId[id]) } };
    }
}
