namespace Shop.Inventory.Seed;

/// <summary><c>stock.csv</c>: the on-hand stock of the sample products, by the ids of Catalog's seed.</summary>
internal static class OpeningStock
{
    public static (Guid[] ProductIds, long[] OnHand) Read()
    {
        using var file = typeof(OpeningStock).Assembly.GetManifestResourceStream("stock.csv")
            ?? throw new InvalidOperationException("stock.csv is not part of the assembly.");
        using var reader = new StreamReader(file);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Select(row => row.Split(','))
            .ToList();
        return ([.. rows.Select(row => Guid.Parse(row[0]))], [.. rows.Select(row => long.Parse(row[1]))]);
    }
}
