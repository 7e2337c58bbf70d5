using System.Globalization;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Gateway.Operators.Imports;

/// <summary>
/// Which column of the file is which: the first line names them, as the API names a product's fields, in any order; others are ignored.
/// Texts are judged where they are kept, in Catalog; here only what a CSV file can get wrong.
/// </summary>
internal sealed class ProductColumns
{
    private const string Sku = "sku";
    private const string Category = "categoryId";
    private const string Price = "price";
    private const string ImageUrl = "imageUrl";
    private static readonly string[] Needed = [Sku, Category, Price, "name.ko", "name.en", "description.ko", "description.en"];

    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly int _count;

    /// <exception cref="InvalidException">A column is missing, or there twice.</exception>
    public ProductColumns(CsvRecord? header)
    {
        var check = new Check();
        foreach (var (place, name) in header?.Fields.Index() ?? [])
        {
            if (!_places.TryAdd(name.Trim(), place) && Needed.Append(ImageUrl).Contains(name.Trim(), StringComparer.OrdinalIgnoreCase))
                check.Fail(name.Trim(), "is a column twice");
        }

        foreach (var name in Needed.Where(name => !_places.ContainsKey(name)))
            check.Fail(name, "must be a column: the first line names the columns");
        check.ThrowIfAny();
        _count = header!.Fields.Count;
    }

    /// <exception cref="InvalidException">The line is not a product.</exception>
    public ImportedProduct Read(CsvRecord record)
    {
        var check = new Check();
        if (record.Fault is not null)
            check.Fail("line", record.Fault);
        else if (record.Fields.Count != _count)
            check.Fail("line", $"has {record.Fields.Count} fields, and the first line has {_count}");
        check.ThrowIfAny();

        string Field(string name)
        {
            var text = record.Fields[_places[name]];
            check.That(!text.Contains('\uFFFD', StringComparison.Ordinal), name, "is not UTF-8");
            return text;
        }

        var isPrice = long.TryParse(Field(Price).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var price);
        check.That(isPrice, Price, "must be a whole number of won, digits only");
        var product = new ImportedProduct
        {
            Sku = Field(Sku).Trim(),
            CategoryId = Field(Category).Trim(),
            Price = new() { Amount = price, Currency = "KRW" },
            Name = new() { Ko = Field("name.ko"), En = Field("name.en") },
            Description = new() { Ko = Field("description.ko"), En = Field("description.en") },
        };
        if (_places.ContainsKey(ImageUrl) && Field(ImageUrl).Trim() is { Length: > 0 } image)
            product.ImageUrl = image;
        check.ThrowIfAny();
        return product;
    }
}
