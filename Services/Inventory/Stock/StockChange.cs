namespace Shop.Inventory.Stock;

/// <summary>The differences of one change of a product's stock, applied together.</summary>
internal readonly record struct StockChange(Guid ProductId, long OnHand, long Reserved)
{
    public static StockChange Reserve(Guid product, long quantity) => new(product, 0, quantity);

    public static StockChange Release(Guid product, long quantity) => new(product, 0, -quantity);

    public static StockChange Sell(Guid product, long quantity) => new(product, -quantity, -quantity);

    public static StockChange Restock(Guid product, long quantity) => new(product, quantity, 0);
}
