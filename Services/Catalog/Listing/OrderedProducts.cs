using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Search;
using Shop.Catalog.V1;

namespace Shop.Catalog.Listing;

/// <summary>
/// Lists ordered by price or age. With a query they contain its hits; near misses only if there are no hits, since in these orders they would be mixed with hits.
/// </summary>
internal sealed class OrderedProducts(CatalogDb db)
{
    private sealed class SortKey
    {
        public required Guid Id { get; init; }

        public required long Price { get; init; }
    }

    internal async Task<List<PagePosition>> AfterAsync(ProductList list, SearchQuery? query, PagePosition? after, int count, CancellationToken cancel)
    {
        var forgiving = after?.Forgiving ?? (query is { Forgives: true } && !await Found(query.Anywhere, list.Category).AnyAsync(cancel));
        var keys = query is null ? All(list.Category) : Found(forgiving ? query.AnywhereForgiving : query.Anywhere, list.Category);

        return (await InOrder(keys, list.Sort, after).Take(count).ToListAsync(cancel))
            .ConvertAll(key => new PagePosition(list, key.Price, key.Id, forgiving));
    }

    private IQueryable<SortKey> All(string category) => db.Products
        .Where(product => product.DiscontinuedAt == null && (category == "" || product.CategoryId == category))
        .Select(product => new SortKey { Id = product.Id, Price = product.Price });

    // "materialized" and "offset 0" force the planner to search first and then sort, instead of testing product after product in order.
    private IQueryable<SortKey> Found(string query, string category) => db.Database.SqlQuery<SortKey>($"""
        with found as materialized (select product_id from search_documents where search_vector(lexemes) @@ {query}::tsquery)
        select products.id, products.price
        from found join products on products.id = found.product_id
        where {category} = '' or products.category_id = {category}
        offset 0
        """);

    private static IQueryable<SortKey> InOrder(IQueryable<SortKey> keys, ProductSort sort, PagePosition? after)
    {
        var (price, id) = (after?.Key ?? 0, after?.Id ?? default);
        return sort switch
        {
            ProductSort.Price => (after is null ? keys : keys
                    .Where(key => EF.Functions.GreaterThan(ValueTuple.Create(key.Price, key.Id), ValueTuple.Create(price, id))))
                .OrderBy(key => key.Price).ThenBy(key => key.Id),
            ProductSort.PriceDescending => (after is null ? keys : keys
                    .Where(key => EF.Functions.LessThan(ValueTuple.Create(key.Price, key.Id), ValueTuple.Create(price, id))))
                .OrderByDescending(key => key.Price).ThenByDescending(key => key.Id),
            _ => (after is null ? keys : keys.Where(key => key.Id < id))
                .OrderByDescending(key => key.Id),
        };
    }
}
