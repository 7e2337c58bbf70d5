using Grpc.Core;
using Shop.Catalog.V1;
using Shop.Gateway.Products;

namespace Shop.Gateway.Basket;

/// <summary>A basket with the prices and the stock of this moment: one call to Catalog and one to Inventory, at the same time. Without them it is shown without their part.</summary>
internal sealed partial class BasketViews(CatalogService.CatalogServiceClient catalog, LiveStock liveStock, TimeProvider clock, ILogger<BasketViews> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<BasketView> OfAsync(Shop.Basket.V1.Basket basket, Language language, CancellationToken cancel)
    {
        var ids = basket.Items.Select(item => item.ProductId).ToList();
        if (ids.Count == 0)
            return BasketView.Of([]);

        var stock = liveStock.AvailableAsync(ids, cancel);
        var products = await ProductsAsync(ids, language, cancel);
        var available = await stock;
        return BasketView.Of([.. basket.Items.Select(item => BasketItemView.Of(
            item, products.GetValueOrDefault(item.ProductId), available.TryGetValue(item.ProductId, out var pieces) ? pieces : null))]);
    }

    private async Task<IReadOnlyDictionary<string, Product>> ProductsAsync(List<string> ids, Language language, CancellationToken cancel)
    {
        var request = new GetProductsRequest { ProductIds = { ids }, Language = language };
        var answer = await OptionalPart.CallAsync(options => catalog.GetProductsAsync(request, options), Timeout, clock, LogMissing, cancel);
        return answer?.Products.ToDictionary(product => product.Id) ?? [];
    }

    [LoggerMessage(LogLevel.Warning, "Catalog answers {Status}: a basket is shown without names and prices")]
    private partial void LogMissing(StatusCode status);
}
