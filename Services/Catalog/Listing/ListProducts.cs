using Shop.Catalog.Caching;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Listing;

/// <summary>A page of products. First pages, the most frequent ones, come from the cache.</summary>
internal sealed class ListProducts(CatalogCache cache, ProductPages pages, PageTokens tokens)
{
    public async Task<ListProductsResponse> HandleAsync(ListProductsRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        var requested = ProductList.Read(check, request);
        var after = tokens.ReadOrDefault<PagePosition>(check, ProductPages.TokensOf, request.PageToken);
        check.ThrowIfAny();

        var list = after is null ? requested.Begin() : requested.Continue(after.List);

        var query = string.IsNullOrWhiteSpace(list.Query) ? null : SearchQuery.Parse(list.Query);
        if (query is null && !string.IsNullOrWhiteSpace(list.Query))
            return new();       // only punctuation matches nothing

        return after is null
            ? await cache.FirstPageAsync(list, size, (services, token) => services.GetRequiredService<ProductPages>().ReadAsync(list, query, null, size, token), cancel)
            : await pages.ReadAsync(list, query, after, size, cancel);
    }
}
