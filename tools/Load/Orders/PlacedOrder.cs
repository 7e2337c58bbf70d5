namespace Shop.Load.Orders;

/// <summary>One attempt to place an order.</summary>
/// <param name="Id">Null: it was not accepted.</param>
/// <param name="Milliseconds">The duration of the call; at a rate, from when it was due.</param>
/// <param name="Error">The answer, if it is not 202.</param>
internal readonly record struct PlacedOrder(Guid? Id, double Milliseconds, string? Error)
{
    public bool IsBusy => Error?.StartsWith("503", StringComparison.Ordinal) is true;
}
