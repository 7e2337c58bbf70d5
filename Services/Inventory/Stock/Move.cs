namespace Shop.Inventory.Stock;

/// <summary>By how much a product's stock changes. It is done whole or not at all.</summary>
internal readonly record struct Move(Guid ProductId, long OnHand, long Reserved)
{
    public static Move Reserve(Guid product, long quantity) => new(product, 0, quantity);

    public static Move Release(Guid product, long quantity) => new(product, 0, -quantity);

    public static Move Sell(Guid product, long quantity) => new(product, -quantity, -quantity);

    public static Move Restock(Guid product, long quantity) => new(product, quantity, 0);
}
