using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.V1;
using Shop.Gateway.Input;

namespace Shop.Gateway.Products;

/// <summary>One product, composed: Catalog says what it is, Inventory how many there are. Without Inventory Catalog's view of the stock stands in.</summary>
internal static class GetProduct
{
    public static async Task<Ok<ProductView>> HandleAsync(
        string id, HttpContext http, CatalogService.CatalogServiceClient catalog, LiveStock liveStock, CancellationToken cancel)
    {
        var request = new GetProductRequest { ProductId = RouteId.Required(id), Language = http.PickLanguage() };

        var stock = liveStock.AvailableAsync([request.ProductId], cancel);
        var product = await catalog.GetProductAsync(request, cancellationToken: cancel);
        return TypedResults.Ok(Compose(ProductView.Of(product.Product), await stock));
    }

    private static ProductView Compose(ProductView product, IReadOnlyDictionary<string, long> available)
    {
        var stock = available.TryGetValue(product.Id, out var pieces) ? StockLevel.Of(pieces) : product.Stock;
        return product with { Stock = stock, Unavailable = stock is null ? ["stock"] : [] };
    }
}
