using Shop.Catalog.V1;
using Shop.Gateway.Products;

namespace Shop.Gateway.Basket;

/// <param name="Discontinued">It is not sold any more, and does not count in the subtotal. Null, like name, picture and prices: it is not known at the moment.</param>
internal sealed record BasketItemView(
    string ProductId, string? Name, string? ImageUrl, int Quantity, Money? UnitPrice, Money? LineTotal, ProductStock? Stock, bool? Discontinued)
{
    /// <param name="product">Null: Catalog does not know it.</param>
    /// <param name="available">Null: Inventory does not say.</param>
    public static BasketItemView Of(Shop.Basket.V1.BasketItem item, Product? product, long? available) => new(
        item.ProductId,
        product?.Name,
        product?.ImageUrl,
        item.Quantity,
        product is null ? null : Money.Of(product.Price),
        product is null ? null : Money.Of(product.Price) with { Amount = product.Price.Amount * item.Quantity },
        available is { } pieces ? StockLevel.Of(pieces) : ProductView.StockOf(product?.Stock),
        product?.Discontinued);
}

/// <param name="Items">The oldest first.</param>
/// <param name="Subtotal">The sum of the lines that are sold.</param>
/// <param name="Unavailable">Names of parts that are null because their service is unavailable: <c>products</c> (names, pictures, prices and the subtotal), <c>stock</c>.</param>
internal sealed record BasketView(IReadOnlyList<BasketItemView> Items, Money? Subtotal, IReadOnlyList<string> Unavailable)
{
    public static BasketView Of(IReadOnlyList<BasketItemView> items)
    {
        var isPriced = items.All(item => item.UnitPrice is not null);
        var sold = items.Where(item => item.Discontinued == false).ToList();
        return new(
            items,
            isPriced ? new(sold.Sum(item => item.LineTotal!.Amount), items is [var first, ..] ? first.UnitPrice!.Currency : "KRW") : null,
            OptionalPart.Missing(("products", !isPriced), ("stock", items.Any(item => item.Stock is null))));
    }
}
