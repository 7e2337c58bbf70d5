namespace Shop.Ordering.Orders;

/// <summary>One product of an order at the price of the moment it was placed, in minor units of the order's currency.</summary>
internal sealed class Line
{
    public required Guid ProductId { get; init; }

    /// <summary>In Korean.</summary>
    public required string Name { get; init; }

    /// <summary>In English; null in orders from before it was kept.</summary>
    public string? NameEn { get; init; }

    public required int Quantity { get; init; }

    public required long UnitPrice { get; init; }

    /// <summary>Before the discount.</summary>
    public long Total => checked(UnitPrice * Quantity);

    /// <summary>This line's share of the order's discount: what a refund of the line leaves out. 0 to <see cref="Total"/>.</summary>
    public long Discount { get; internal set; }
}
