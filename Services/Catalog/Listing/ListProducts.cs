using Shop.Catalog.Caching;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;

namespace Shop.Catalog.Listing;

/// <summary>A page of products; first pages, which nearly all callers want, from the cache.</summary>
public sealed class ListProducts(CatalogCache cache, ProductPages pages, PageTokens tokens)
{
    public async Task<ListProductsResponse> HandleAsync(ListProductsRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        var asked = ProductList.Asked(check, request);
        check.ThrowIfAny();

        var after = tokens.ReadOrDefault<PagePosition>(ProductPages.TokensOf, request.PageToken);
        var list = after is null ? asked.Begin() : asked.Continue(after.List);

        var query = string.IsNullOrWhiteSpace(list.Query) ? null : SearchQuery.Parse(list.Query);
        if (query is null && !string.IsNullOrWhiteSpace(list.Query))
            return new();       // only punctuation: nothing is called that

        return after is null
            ? await cache.FirstPageAsync(list, size, (services, token) => services.GetRequiredService<ProductPages>().ReadAsync(list, query, null, size, token), cancel)
            : await pages.ReadAsync(list, query, after, size, cancel);
    }
}
