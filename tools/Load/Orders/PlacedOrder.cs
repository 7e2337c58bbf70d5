namespace Shop.Load.Orders;

/// <summary>One try to place an order.</summary>
/// <param name="Id">Null: it was not accepted.</param>
/// <param name="Milliseconds">Of the placing call; at a rate, from when it was due.</param>
/// <param name="Error">What came instead of 202.</param>
public readonly record struct PlacedOrder(Guid? Id, double Milliseconds, string? Error)
{
    public bool IsBusy => Error?.StartsWith("503", StringComparison.Ordinal) is true;
}
