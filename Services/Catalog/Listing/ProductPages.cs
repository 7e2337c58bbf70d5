using Shop.Catalog.Products;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;

namespace Shop.Catalog.Listing;

/// <summary>
/// Keyset paging: nothing is skipped or repeated while other products are added or changed. (A product whose price changes between two pages of a list by price moves
/// to its new position.)
/// </summary>
internal sealed class ProductPages(OrderedProducts ordered, RankedProducts ranked, ProductViews views, CatalogDb db, PageTokens tokens)
{
    internal const string TokensOf = "products";

    internal async Task<ListProductsResponse> ReadAsync(ProductList list, SearchQuery? query, PagePosition? after, int size, CancellationToken cancel)
    {
        var positions = list.Sort == ProductSort.Relevance && query is not null
            ? await ranked.AfterAsync(list, query, after, size + 1, cancel)
            : await ordered.AfterAsync(list, query, after, size + 1, cancel);

        var page = positions.Take(size).ToList();
        var ids = page.ConvertAll(position => position.Id);
        var products = (await views.ToListAsync(db.Products.Where(product => ids.Contains(product.Id)), list.Language, cancel)).ToDictionary(product => product.Id);
        return new()
        {
            Products = { ids.Where(id => products.ContainsKey(id.ToString())).Select(id => products[id.ToString()]) },
            NextPageToken = positions.Count > size ? tokens.Write(TokensOf, page[^1]) : "",
        };
    }
}
