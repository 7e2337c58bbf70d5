using Shop.Catalog.Caching;
using Shop.Catalog.V1;

namespace Shop.Catalog.Categories;

/// <summary>All categories, from the cache: the count of products is expensive.</summary>
internal sealed class ListCategories(CatalogCache cache)
{
    public Task<ListCategoriesResponse> HandleAsync(ListCategoriesRequest request, CancellationToken cancel)
    {
        var language = request.Language == Language.En ? Language.En : Language.Ko;
        return cache.CategoriesAsync(language, (services, token) => services.GetRequiredService<CategoryViews>().ListAsync(language, token), cancel);
    }
}
