namespace Shop.Ordering.Orders;

/// <summary>One product of an order at the price of the moment it was placed, in minor units of the order's currency.</summary>
public sealed class Line
{
    public required Guid ProductId { get; init; }

    /// <summary>In Korean.</summary>
    public required string Name { get; init; }

    /// <summary>In English; null in orders from before it was kept.</summary>
    public string? NameEn { get; init; }

    public required int Quantity { get; init; }

    public required long UnitPrice { get; init; }

    public long Total => checked(UnitPrice * Quantity);
}
