using System.ComponentModel.DataAnnotations;
using Shop.Catalog.V1;
using Shop.Common.V1;
using Shop.Gateway.Input;

namespace Shop.Gateway.Operators.Products;

internal sealed record NameBody([property: StringLength(100, MinimumLength = 1)] string Ko, [property: StringLength(100, MinimumLength = 1)] string En);

internal sealed record DescriptionBody([property: StringLength(2000, MinimumLength = 1)] string Ko, [property: StringLength(2000, MinimumLength = 1)] string En);

internal sealed record PriceBody([property: Range(1, 1_000_000_000_000)] long Amount, [property: AllowedValues("KRW")] string Currency);

internal sealed record CreateProductBody(NameBody Name, DescriptionBody Description, string CategoryId, PriceBody Price, string? ImageUrl = null)
{
    public const string Example = """
        {
          "name": { "ko": "무선 기계식 키보드", "en": "Wireless Mechanical Keyboard" },
          "description": { "ko": "조용하고 가볍다.", "en": "Quiet and light." },
          "categoryId": "keyboards",
          "price": { "amount": 129900, "currency": "KRW" }
        }
        """;

    public static CreateProductRequest Read(Fields body)
    {
        var request = new CreateProductRequest
        {
            Name = body.Nested("name", ProductFields.Text),
            Description = body.Nested("description", ProductFields.Text),
            CategoryId = body.Text("categoryId"),
            Price = body.Nested("price", MoneyFields.Money),
        };
        if (!body.Lacks("imageUrl"))
            request.ImageUrl = body.Text("imageUrl");

        request.ValidateOnly = body.Check.HasErrors;
        return request;
    }
}

/// <summary>What is absent or null stays as it is.</summary>
internal sealed record UpdateProductBody(
    NameBody? Name = null, DescriptionBody? Description = null, string? CategoryId = null, PriceBody? Price = null, string? ImageUrl = null)
{
    public const string Example = """{ "price": { "amount": 119900, "currency": "KRW" } }""";

    public static UpdateProductRequest Read(Fields body)
    {
        var request = new UpdateProductRequest
        {
            Name = body.OptionalNested("name", ProductFields.Text),
            Description = body.OptionalNested("description", ProductFields.Text),
            Price = body.OptionalNested("price", MoneyFields.Money),
        };
        if (!body.Lacks("categoryId"))
            request.CategoryId = body.Text("categoryId");
        if (!body.Lacks("imageUrl"))
            request.ImageUrl = body.Text("imageUrl");

        request.ValidateOnly = body.Check.HasErrors;
        return request;
    }
}

internal static class ProductFields
{
    public static LocalizedText Text(Fields text) => new() { Ko = text.Text("ko"), En = text.Text("en") };
}
