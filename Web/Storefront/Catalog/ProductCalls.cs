using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Storefront.Catalog;

/// <summary>The API's products.</summary>
internal sealed class ProductCalls(GatewayClient gateway)
{
    public const int PageSize = 24;

    private const int AtOnce = 8;

    public Task<PageOf<Product>> ListAsync(ProductQuery query, int pageSize, CancellationToken cancel) => gateway.GetAsync<PageOf<Product>>(query.ForApi(pageSize), cancel);

    /// <exception cref="ApiException">404: there is none.</exception>
    public Task<Product> GetAsync(string id, CancellationToken cancel) => gateway.GetAsync<Product>($"/api/v1/products/{Uri.EscapeDataString(id)}", cancel);

    /// <summary>Those that exist, by id.</summary>
    public async Task<IReadOnlyDictionary<string, Product>> GetAllAsync(IEnumerable<string> ids, CancellationToken cancel)
    {
        var found = new Dictionary<string, Product>();
        foreach (var some in ids.Distinct().Chunk(AtOnce))
        {
            foreach (var product in await Task.WhenAll(some.Select(id => FindAsync(id, cancel))))
            {
                if (product is not null)
                    found[product.Id] = product;
            }
        }

        return found;
    }

    private async Task<Product?> FindAsync(string id, CancellationToken cancel)
    {
        try
        {
            return await GetAsync(id, cancel);
        }
        catch (ApiException failure) when (failure is { Status: 404, IsUnavailable: false })
        {
            return null;
        }
    }
}
