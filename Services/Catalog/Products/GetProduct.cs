using Shop.Catalog.Caching;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Products;

/// <summary>One product that is sold, from the cache.</summary>
internal sealed class GetProduct(CatalogCache cache)
{
    public async Task<GetProductResponse> HandleAsync(GetProductRequest request, CancellationToken cancel)
    {
        var id = Check.Uuid(request.ProductId) ?? throw new NotFoundException("No such product.");
        var language = request.Language == Language.En ? Language.En : Language.Ko;
        var product = await cache.ProductAsync(id, language, (services, token) => services.GetRequiredService<ProductViews>().GetAsync(id, language, token), cancel);
        return product.Discontinued ? throw new NotFoundException("The product is not sold any more.") : new() { Product = product };
    }
}
