using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Product = Shop.Catalog.Products.Product;

namespace Shop.Catalog.Listing;

/// <summary>
/// Lists by price or by age. With a query they hold what it finds; near misses only if nothing else is found, for in these orders they would stand
/// among the hits, not behind them.
/// </summary>
public sealed class OrderedProducts(CatalogDb db)
{
    internal async Task<List<Place>> AfterAsync(ProductList list, SearchQuery? query, Place? after, int count, CancellationToken cancel)
    {
        var products = db.Products.AsNoTracking();
        if (list.Category.Length > 0)
            products = products.Where(product => product.CategoryId == list.Category);

        var forgiving = after?.Forgiving ?? (query is { Forgives: true } && !await Matching(products, query.Anywhere).AnyAsync(cancel));
        if (query is not null)
            products = Matching(products, forgiving ? query.AnywhereForgiving : query.Anywhere);

        var keys = await InOrder(products, list.Sort, after)
            .Take(count)
            .Select(product => new { product.Id, product.Price })
            .ToListAsync(cancel);
        return keys.ConvertAll(key => new Place(list, key.Price, key.Id, forgiving));
    }

    private IQueryable<Product> Matching(IQueryable<Product> products, string query)
    {
        var found = db.SearchDocuments
            .FromSql($"select * from search_document where array_to_tsvector(lexemes) @@ {query}::tsquery")
            .Select(document => document.ProductId);
        return products.Where(product => found.Contains(product.Id));
    }

    private static IQueryable<Product> InOrder(IQueryable<Product> products, ProductSort sort, Place? after)
    {
        var (key, id) = (after?.Key ?? 0, after?.Id ?? default);
        return sort switch
        {
            ProductSort.Price => (after is null ? products : products
                    .Where(product => EF.Functions.GreaterThan(ValueTuple.Create(product.Price, product.Id), ValueTuple.Create(key, id))))
                .OrderBy(product => product.Price).ThenBy(product => product.Id),
            ProductSort.PriceDescending => (after is null ? products : products
                    .Where(product => EF.Functions.LessThan(ValueTuple.Create(product.Price, product.Id), ValueTuple.Create(key, id))))
                .OrderByDescending(product => product.Price).ThenByDescending(product => product.Id),
            _ => (after is null ? products : products.Where(product => product.Id < id))
                .OrderByDescending(product => product.Id),
        };
    }
}
