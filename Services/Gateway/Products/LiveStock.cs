using Grpc.Core;
using Shop.Inventory.V1;

namespace Shop.Gateway.Products;

/// <summary>The stock as Inventory has it now, for a product's own page. A part of that page and not worth waiting for.</summary>
internal sealed partial class LiveStock(InventoryService.InventoryServiceClient inventory, TimeProvider clock, ILogger<LiveStock> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>Null when Inventory cannot be asked or does not know the product: then Catalog's view is the best there is.</returns>
    public async Task<long?> AvailableAsync(string productId, CancellationToken cancel)
    {
        try
        {
            var answer = await inventory.GetStockAsync(
                new() { ProductIds = { productId } }, deadline: (clock.GetUtcNow() + Timeout).UtcDateTime, cancellationToken: cancel);
            return answer.Stock.FirstOrDefault()?.Available;
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested)
        {
            LogMissing(failure.StatusCode, productId);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Inventory answers {Status}: product {ProductId} is shown with Catalog's view of its stock")]
    private partial void LogMissing(StatusCode status, string productId);
}
