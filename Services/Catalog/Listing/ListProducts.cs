using Shop.Catalog.Products;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;

namespace Shop.Catalog.Listing;

/// <summary>
/// A page of products. Pages go by the key they are ordered by, so nothing is skipped or repeated while products are added.
/// </summary>
public sealed class ListProducts(OrderedProducts ordered, RankedProducts ranked, ProductViews views, CatalogDb db, PageTokens tokens)
{
    private const string List = "products";

    public async Task<ListProductsResponse> HandleAsync(ListProductsRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        var asked = ProductList.Asked(check, request);
        check.ThrowIfAny();

        var after = tokens.ReadOrDefault<Place>(List, request.PageToken);
        var list = after is null ? asked.Begin() : asked.Continue(after.List);

        var query = string.IsNullOrWhiteSpace(list.Query) ? null : SearchQuery.Parse(list.Query);
        if (query is null && !string.IsNullOrWhiteSpace(list.Query))
            return new();       // only punctuation: nothing is called that

        var places = list.Sort == ProductSort.Relevance && query is not null
            ? await ranked.AfterAsync(list, query, after, size + 1, cancel)
            : await ordered.AfterAsync(list, query, after, size + 1, cancel);

        var page = places.Take(size).ToList();
        var ids = page.ConvertAll(place => place.Id);
        var products = (await views.ToListAsync(db.Products.Where(product => ids.Contains(product.Id)), list.Language, cancel)).ToDictionary(product => product.Id);
        return new()
        {
            Products = { ids.Where(id => products.ContainsKey(id.ToString())).Select(id => products[id.ToString()]) },
            NextPageToken = places.Count > size ? tokens.Write(List, page[^1]) : "",
        };
    }
}
