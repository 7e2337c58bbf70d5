using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Shop.Catalog.V1;

namespace Shop.Gateway.Products;

internal sealed record ProductCategory(string Id, string Name);

/// <param name="State"><c>in_stock</c>, <c>low</c> or <c>sold_out</c>.</param>
internal sealed record ProductStock([property: AllowedValues("in_stock", "low", "sold_out")] string State, long Available);

/// <param name="Average">Null while nobody has rated.</param>
internal sealed record ProductRating(double? Average, int Count);

/// <param name="Unavailable">Names of parts that are null because their service is unavailable. Left out in lists where there are none.</param>
internal record ProductView(
    string Id,
    string Name,
    string Description,
    ProductCategory Category,
    Money Price,
    string ImageUrl,
    ProductStock? Stock,
    ProductRating? Rating,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Unavailable = null)
{
    public static ProductView Of(Product product) => Of(product, StockOf(product.Stock));

    private static ProductView Of(Product product, ProductStock? stock) => new(
        product.Id,
        product.Name,
        product.Description,
        new(product.Category.Id, product.Category.Name),
        Money.Of(product.Price),
        product.ImageUrl,
        stock,
        new(product.Rating?.Count > 0 ? product.Rating.Average : null, product.Rating?.Count ?? 0),
        stock is null ? ["stock"] : null);

    /// <summary>Catalog's copy of the stock; null before the first stock event.</summary>
    public static ProductStock? StockOf(Catalog.V1.StockView? stock) => stock?.State switch
    {
        StockState.InStock => new("in_stock", stock.Available),
        StockState.Low => new("low", stock.Available),
        StockState.SoldOut => new("sold_out", stock.Available),
        _ => null,
    };
}
