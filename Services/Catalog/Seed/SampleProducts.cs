using System.Text.Json;
using Shop.Catalog.Products;

namespace Shop.Catalog.Seed;

/// <summary>The sample products, <c>products.json</c>. Their ids are fixed: Inventory's opening stock has the same ids.</summary>
internal static class SampleProducts
{
    private sealed record Sample(Guid Id, string Category, long Price, Wording Name, Wording Description);

    public static List<Product> Read()
    {
        using var file = typeof(SampleProducts).Assembly.GetManifestResourceStream("products.json")
            ?? throw new InvalidOperationException("products.json is not part of the assembly.");
        var samples = JsonSerializer.Deserialize<List<Sample>>(file, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException("products.json holds no products.");
        return samples.ConvertAll(sample => Product.Add(sample.Id, sample.Name, sample.Description, sample.Category, sample.Price));
    }
}
