namespace Shop.Gateway.Products;

/// <summary>How a number of pieces is called. The same bounds as in Catalog, which calls them so in its lists.</summary>
internal static class StockLevel
{
    private const long Low = 5;

    public static ProductStock Of(long available) => new(available switch { <= 0 => "sold_out", <= Low => "low", _ => "in_stock" }, available);
}
