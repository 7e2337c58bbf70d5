namespace Shop.Checker.Sources;

/// <summary>Inventory's database, and Catalog's projection of it.</summary>
/// <param name="Listed">Catalog's projection, updated by events only.</param>
public sealed record StockData(
    IReadOnlyDictionary<Guid, Stock> Stock, IReadOnlyDictionary<Guid, Reservation> Reservations, IReadOnlyDictionary<Guid, ListedStock> Listed, IReadOnlySet<Guid> Products)
{
    public static async Task<StockData> ReadAsync(string inventory, string catalog, CancellationToken cancel)
    {
        var stock = await Rows.ReadAsync(inventory, "select product_id, on_hand, reserved, version from stock",
            row => new Stock(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), cancel);
        var reservations = await Rows.ReadAsync(inventory, "select order_id, status, product_ids, quantities from reservations",
            row => new Reservation(row.GetGuid(0), row.GetString(1), Lines.Of(row.GetFieldValue<Guid[]>(2), row.GetFieldValue<int[]>(3))), cancel);
        var listed = await Rows.ReadAsync(catalog, "select product_id, available, version from stock",
            row => new ListedStock(row.GetGuid(0), row.GetInt64(1), row.GetInt64(2)), cancel);
        var products = await Rows.ReadAsync(catalog, "select id from products", row => row.GetGuid(0), cancel);
        return new(
            stock.ToDictionary(item => item.ProductId), reservations.ToDictionary(item => item.OrderId), listed.ToDictionary(item => item.ProductId), products.ToHashSet());
    }
}

public sealed record Stock(Guid ProductId, long OnHand, long Reserved, long Version);

public sealed record ListedStock(Guid ProductId, long Available, long Version);

/// <param name="Status">reserved, confirmed, released, expired or restocked.</param>
public sealed record Reservation(Guid OrderId, string Status, IReadOnlyDictionary<Guid, long> Lines)
{
    public bool IsHeld => Status == "reserved";

    public bool IsSale => Status == "confirmed";
}
