using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Sessions;

namespace Shop.Console.Products;

/// <summary>The API's products and their stock.</summary>
internal sealed class ProductCalls(GatewayClient gateway)
{
    public Task<PageOf<Product>> ListAsync(string? query, string? pageToken, CancellationToken cancel) =>
        gateway.GetAsync<PageOf<Product>>(ListAddress.Of("/api/v1/products", ("query", query), ("pageToken", pageToken)), cancel);

    public async Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken cancel) => (await gateway.GetAsync<PageOf<Category>>("/api/v1/categories", cancel)).Items;

    /// <exception cref="ApiException">404: there is none, or it is not sold any more.</exception>
    public async Task<ProductForm> GetAsync(Guid id, CancellationToken cancel)
    {
        var korean = gateway.GetInAsync<Product>(Language.Korean, $"/api/v1/products/{id}", cancel);
        var english = await gateway.GetInAsync<Product>(Language.English, $"/api/v1/products/{id}", cancel);
        return ProductForm.Of(await korean, english);
    }

    /// <returns>Null: not available at the moment.</returns>
    public async Task<Tagged<Stock>?> FindStockAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            return await gateway.GetTaggedAsync<Stock>($"/api/v1/ops/stock/{id}", cancel);
        }
        catch (ApiException failure) when (failure.IsUnavailable || failure.Status == 404)
        {
            return null;
        }
    }

    public async Task<Guid> CreateAsync(ProductForm form, CancellationToken cancel) => (await gateway.SendAsync<Created>(HttpMethod.Post, "/api/v1/ops/products", form.Body(), cancel)).Id;

    public Task ChangeAsync(Guid id, ProductForm form, CancellationToken cancel) => gateway.SendAsync<Created>(HttpMethod.Patch, $"/api/v1/ops/products/{id}", form.Body(), cancel);

    /// <exception cref="ApiException">412: it is not the stock with that tag any more.</exception>
    public Task SetStockAsync(Guid id, object onHand, string? tag, CancellationToken cancel) =>
        gateway.SendAsync<object>(HttpMethod.Put, $"/api/v1/ops/stock/{id}", new { onHand }, cancel, ifMatch: tag);

    private sealed record Created(Guid Id);
}
