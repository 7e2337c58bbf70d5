namespace Shop.Catalog.Stock;

/// <summary>The last known stock of a product. In a table of its own: it changes with every order, the product rarely.</summary>
internal sealed class ProductStock
{
    public required Guid ProductId { get; init; }

    public required long Available { get; init; }

    /// <summary>Inventory's version; an older one never replaces a newer one.</summary>
    public required long Version { get; init; }
}
