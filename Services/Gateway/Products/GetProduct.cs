using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Catalog.V1;
using Shop.Gateway.Input;
using Shop.Gateway.Reviews;

namespace Shop.Gateway.Products;

/// <summary>
/// One product, composed: Catalog says what it is, Inventory how many there are, Reviews what members think of it. Without Inventory Catalog's view of the stock stands in.
/// </summary>
internal static class GetProduct
{
    public static async Task<Ok<ProductPageView>> HandleAsync(
        string id, HttpContext http, CatalogService.CatalogServiceClient catalog, LiveStock liveStock, FirstReviews firstReviews, CancellationToken cancel)
    {
        var request = new GetProductRequest { ProductId = RouteId.Required(id), Language = http.PickLanguage() };

        var stock = liveStock.AvailableAsync([request.ProductId], cancel);
        var reviews = firstReviews.OfAsync(request.ProductId, cancel);
        var product = await catalog.GetProductAsync(request, cancellationToken: cancel);
        return TypedResults.Ok(Compose(ProductView.Of(product.Product), await stock, await reviews));
    }

    private static ProductPageView Compose(ProductView product, IReadOnlyDictionary<string, long> available, IReadOnlyList<ReviewView>? reviews)
    {
        var stock = available.TryGetValue(product.Id, out var pieces) ? StockLevel.Of(pieces) : product.Stock;
        return new(product with
        {
            Stock = stock,
            Unavailable = OptionalPart.Missing(("stock", stock is null), ("reviews", reviews is null)),
        }, reviews);
    }
}
