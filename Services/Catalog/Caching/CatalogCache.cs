using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Shop.Catalog.V1;

namespace Shop.Catalog.Caching;

/// <summary>
/// Caches products, the first pages of lists and searches, and the categories. Not the prices of orders: GetProducts always reads the database.
/// </summary>
internal sealed class CatalogCache
{
    // Of a query, which no caller can cancel. Callers' own deadlines are shorter.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly CoalescingCache<(Guid Id, Language Language), V1.Product> _products;
    private readonly CoalescingCache<(ProductList List, int Size), ListProductsResponse> _pages;
    private readonly CoalescingCache<Language, ListCategoriesResponse> _categories;
    private readonly IServiceScopeFactory _scopes;
    private readonly Counter<long> _reads;

    public CatalogCache(IOptions<CacheOptions> options, IServiceScopeFactory scopes, IMeterFactory meters, TimeProvider clock)
    {
        var (life, limits) = (options.Value.Life, options.Value);
        _products = new(life, limits.Products, clock);
        _pages = new(life, limits.Pages, clock);
        _categories = new(life, Enum.GetValues<Language>().Length, clock);
        _scopes = scopes;
        _reads = meters.Create("Shop.Catalog").CreateCounter<long>("shop.catalog.cache.reads", "{read}", "Reads that the cache may answer, by what is read and whether it did.");
    }

    internal Task<V1.Product> ProductAsync(Guid id, Language language, Func<IServiceProvider, CancellationToken, Task<V1.Product>> read, CancellationToken cancel) =>
        Count("product", _products.GetAsync((id, language), () => ReadAsync(read), out var isHit, cancel), isHit);

    internal Task<ListProductsResponse> FirstPageAsync(
        ProductList list, int size, Func<IServiceProvider, CancellationToken, Task<ListProductsResponse>> read, CancellationToken cancel) =>
        Count("page", _pages.GetAsync((list, size), () => ReadAsync(read), out var isHit, cancel), isHit);

    internal Task<ListCategoriesResponse> CategoriesAsync(
        Language language, Func<IServiceProvider, CancellationToken, Task<ListCategoriesResponse>> read, CancellationToken cancel) =>
        Count("categories", _categories.GetAsync(language, () => ReadAsync(read), out var isHit, cancel), isHit);

    /// <summary>Removes changed or new products, and all pages, since any page may contain them.</summary>
    internal void Remove(IEnumerable<Guid> products)
    {
        foreach (var id in products)
        {
            foreach (var language in Enum.GetValues<Language>())
                _products.Remove((id, language));
        }

        _pages.RemoveAll();
        _categories.RemoveAll();
    }

    internal void RemoveAll()
    {
        _products.RemoveAll();
        Remove([]);
    }

    // In a scope of its own: the query may outlive the call that started it.
    private async Task<T> ReadAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> read)
    {
        await using var scope = _scopes.CreateAsyncScope();
        using var timeout = new CancellationTokenSource(Timeout);
        return await read(scope.ServiceProvider, timeout.Token);
    }

    private Task<T> Count<T>(string what, Task<T> answer, bool isHit)
    {
        _reads.Add(1, new("what", what), new("hit", isHit));
        return answer;
    }
}
