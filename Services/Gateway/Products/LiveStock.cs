using Grpc.Core;
using Shop.Inventory.V1;

namespace Shop.Gateway.Products;

/// <summary>The stock as Inventory has it now, for a product's own page and for baskets. A part of those and not worth waiting for.</summary>
internal sealed partial class LiveStock(InventoryService.InventoryServiceClient inventory, TimeProvider clock, ILogger<LiveStock> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>By product id. Without those that Inventory does not know, and empty when Inventory is unavailable: then Catalog's view is the best there is.</returns>
    public async Task<IReadOnlyDictionary<string, long>> AvailableAsync(IReadOnlyCollection<string> productIds, CancellationToken cancel)
    {
        var request = new GetStockRequest { ProductIds = { productIds } };
        var answer = await OptionalPart.CallAsync(
            options => inventory.GetStockAsync(request, options), Timeout, clock, status => LogMissing(status, productIds.Count), cancel);
        return answer?.Stock.ToDictionary(stock => stock.ProductId, stock => stock.Available) ?? [];
    }

    [LoggerMessage(LogLevel.Warning, "Inventory answers {Status}: {Count} products are shown with Catalog's view of their stock")]
    private partial void LogMissing(StatusCode status, int count);
}
