using Shop.Common.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Products;

/// <summary>The input rules of a product's fields. An absent field is null.</summary>
internal static class ProductInput
{
    private const int SkuLength = 64;
    private const int NameLength = 100;
    private const int DescriptionLength = 2_000;
    private const int LineLength = 200;
    private const long MaxPrice = 1_000_000_000_000;

    public static string Sku(Check check, string sku) => check.Name("sku", sku, 1, SkuLength);

    public static Wording? Name(Check check, LocalizedText? name) => name is null ? null : new(
        check.Line("name.ko", name.Ko, 1, NameLength),
        check.Line("name.en", name.En, 1, NameLength));

    public static Wording? Description(Check check, LocalizedText? description) => description is null ? null : new(
        check.Text("description.ko", description.Ko, 1, DescriptionLength),
        check.Text("description.en", description.En, 1, DescriptionLength));

    public static long? Price(Check check, Money? price)
    {
        if (price is null)
            return null;

        check.That(price.Currency == Product.Krw, "price.currency", $"must be {Product.Krw}");
        return check.Range("price.amount", price.Amount, 1, MaxPrice);
    }

    public static string? ImageUrl(Check check, string? imageUrl) => imageUrl is null ? null : check.Url("imageUrl", imageUrl, LineLength);
}
