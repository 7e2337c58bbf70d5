using System.Globalization;

namespace Shop.Console.Products;

/// <summary>The form of a product as it was sent, and of a product that exists what it showed before.</summary>
/// <param name="Was">What the form showed; null: a new product.</param>
public sealed record ProductForm(
    Guid Key, string NameKo, string NameEn, string DescriptionKo, string DescriptionEn, string CategoryId, string Price, string ImageUrl, ProductForm? Was = null)
{
    /// <summary>The names of fields, as the API calls them in errors.</summary>
    internal static IReadOnlyList<string> Fields { get; } = ["name.ko", "name.en", "description.ko", "description.en", "categoryId", "price.amount", "imageUrl"];

    internal static ProductForm Empty => new(Guid.CreateVersion7(), "", "", "", "", "", "", "");

    internal static ProductForm Of(Product korean, Product english)
    {
        var shown = new ProductForm(
            Guid.CreateVersion7(), korean.Name, english.Name, korean.Description, english.Description, korean.Category.Id, korean.Price.Amount.ToString(CultureInfo.InvariantCulture), korean.ImageUrl);
        return shown with { Was = shown };
    }

    internal static ProductForm Read(IFormCollection form, Guid key, bool isNew)
    {
        // Browsers send line breaks as CR LF, and the API keeps texts as they are given.
        ProductForm From(string prefix)
        {
            string Text(string name) => form[prefix + name].ToString().ReplaceLineEndings("\n");
            return new(key, Text("name.ko"), Text("name.en"), Text("description.ko"), Text("description.en"), Text("categoryId"), Text("price.amount"), Text("imageUrl"));
        }

        return isNew ? From("") : From("") with { Was = From("was.") };
    }

    /// <summary>The value of a field.</summary>
    internal string this[string field] => field switch
    {
        "name.ko" => NameKo, "name.en" => NameEn, "description.ko" => DescriptionKo, "description.en" => DescriptionEn, "categoryId" => CategoryId, "price.amount" => Price, "imageUrl" => ImageUrl,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "There is no such field."),
    };

    /// <summary>For the API: of a new product everything, otherwise what was changed here, so that what another operator changed meanwhile stays.</summary>
    internal Dictionary<string, object?> Body()
    {
        bool Changed(params string[] fields) => Was is null || fields.Any(field => this[field] != Was[field]);
        var body = new Dictionary<string, object?>();
        if (Changed("name.ko", "name.en"))
            body["name"] = new { ko = NameKo, en = NameEn };
        if (Changed("description.ko", "description.en"))
            body["description"] = new { ko = DescriptionKo, en = DescriptionEn };
        if (Changed("categoryId"))
            body["categoryId"] = CategoryId;
        if (Changed("price.amount"))
            body["price"] = new { amount = Amount(), currency = "KRW" };
        if (Changed("imageUrl") && (Was is not null || ImageUrl.Length > 0))
            body["imageUrl"] = ImageUrl;
        return body;
    }

    // What is no number the API is to refuse, with everything else that is wrong.
    private object Amount() => long.TryParse(Price, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : Price;
}
