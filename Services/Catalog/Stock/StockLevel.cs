using Shop.Catalog.V1;

namespace Shop.Catalog.Stock;

internal static class StockLevel
{
    private const long Low = 5;

    /// <summary>Unspecified until the first event of Inventory.</summary>
    public static StockView Of(long? available) => new()
    {
        Available = available ?? 0,
        State = available switch
        {
            null => StockState.Unspecified,
            <= 0 => StockState.SoldOut,
            <= Low => StockState.Low,
            _ => StockState.InStock,
        },
    };
}
