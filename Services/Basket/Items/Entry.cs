namespace Shop.Basket.Items;

/// <summary>Pieces of a product that were put into a basket at once.</summary>
internal sealed class Entry
{
    public required Guid ProductId { get; init; }

    /// <summary>What is left of them, at least 1.</summary>
    public required int Quantity { get; set; }

    /// <summary>The basket's version that they made.</summary>
    public required long Version { get; init; }
}
