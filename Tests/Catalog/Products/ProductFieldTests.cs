using Grpc.Core;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Catalog.Tests.Products;

/// <summary>The rules of a product's fields, which a new product and a changed one share.</summary>
public sealed class ProductFieldTests(RunningCatalog catalog)
{
    /// <summary>To a browser a backslash is a slash, and some schemes are relative: what it makes of the text counts, not how the text begins.</summary>
    [Theory]
    [InlineData("/\\evil.example/x.png")]
    [InlineData("\\/evil.example/x.png")]
    [InlineData("\\\\evil.example/x.png")]
    [InlineData("//evil.example/x.png")]
    [InlineData("///evil.example/x.png")]
    [InlineData("/images/..\\..\\x.png")]
    [InlineData("https:\\\\evil.example/x.png")]
    [InlineData("https:/evil.example/x.png")]
    [InlineData("https:evil.example/x.png")]
    [InlineData("https:///evil.example/x.png")]
    [InlineData("https://")]
    [InlineData("https://shop@evil.example/x.png")]
    [InlineData("https://evil example/x.png")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript://x/%0aalert(1)")]
    [InlineData("data:image/svg+xml,x")]
    [InlineData("ftp://files.example/x.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("x.png")]
    [InlineData("../x.png")]
    [InlineData(" /images/x.png")]
    [InlineData("/images/x y.png")]
    [InlineData("/images/\u200B.png")]
    [InlineData("/\u0009/evil.example/x.png")]
    [InlineData("")]
    public async Task A_picture_is_ours_or_at_an_address_of_the_web(string url)
    {
        var draft = CatalogCalls.Draft();
        draft.ImageUrl = url;

        Assert.Equal(["imageUrl"], await ErrorsAsync(draft));
    }

    [Theory]
    [InlineData("/images/own.svg")]
    [InlineData("/images/a/b%20c.png?v=2")]
    [InlineData("/images/가방.png")]
    [InlineData("https://cdn.example/x.png?w=1&h=2#top")]
    [InlineData("HTTP://cdn.example:8080/x.png")]
    [InlineData("https://[::1]/x.png")]
    public async Task Both_kinds_of_picture_are_kept_as_they_are_given(string url)
    {
        var draft = CatalogCalls.Draft();
        draft.ImageUrl = url;

        Assert.Equal(url, (await catalog.AsOperator.CreateProductAsync(draft)).Product.ImageUrl);
    }

    public static TheoryData<string> Unseen => ["\u200B", "\u3164\u3164", "\u2800", "\u202E\u202C", "\u115F", "\u00AD", "\uFEFF", "\u3000"];

    [Theory, MemberData(nameof(Unseen))]
    public async Task The_texts_of_a_product_are_something_that_can_be_seen(string unseen) => Assert.Equal(
        ["categoryId", "description.en", "description.ko", "name.en", "name.ko"],
        await ErrorsAsync(CatalogCalls.Draft(unseen, unseen, category: unseen, descriptionKo: unseen, descriptionEn: unseen)));

    [Fact]
    public async Task All_that_is_wrong_with_a_product_is_told_at_once()
    {
        var draft = CatalogCalls.Draft("", "a\nb", 1_000_000_000_001, category: "", descriptionKo: new string('a', 2001), descriptionEn: "");
        draft.Price.Currency = "EUR";
        draft.ImageUrl = "javascript:alert(1)";

        Assert.Equal(["categoryId", "description.en", "description.ko", "imageUrl", "name.en", "name.ko", "price.amount", "price.currency"], await ErrorsAsync(draft));
    }

    [Theory]
    [InlineData(100, "")]
    [InlineData(101, "name.ko")]
    public async Task A_name_has_at_most_100_characters(int length, string fields) =>
        Assert.Equal(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries), await ErrorsAsync(CatalogCalls.Draft(ko: new string('가', length))));

    [Fact]
    public async Task A_request_that_is_only_validated_adds_and_changes_nothing()
    {
        var product = await catalog.AddAsync("그대로", "Untouched by validation");
        var draft = CatalogCalls.Draft(en: "Only validated");

        Assert.Empty(await ErrorsAsync(draft));
        Assert.Null((await catalog.AsOperator.UpdateProductAsync(new() { ProductId = product.Id, Name = draft.Name, ValidateOnly = true })).Product);

        Assert.Equal(product, (await catalog.Catalog.GetProductAsync(new() { ProductId = product.Id })).Product);
        Assert.Empty(await catalog.Database.QueryAsync<string>("select id::text from products where name_en = 'Only validated'"));
    }

    /// <returns>The bad fields of a new product, which are those of a changed one, too.</returns>
    private async Task<string[]> ErrorsAsync(CreateProductRequest draft)
    {
        var update = new UpdateProductRequest { ProductId = Guid.CreateVersion7().ToString(), Name = draft.Name, Description = draft.Description, CategoryId = draft.CategoryId, Price = draft.Price };
        if (draft.HasImageUrl)
            update.ImageUrl = draft.ImageUrl;
        draft.ValidateOnly = update.ValidateOnly = true;

        var errors = await ErrorsAsync(catalog.AsOperator.CreateProductAsync(draft).ResponseAsync);
        Assert.Equal(errors, await ErrorsAsync(catalog.AsOperator.UpdateProductAsync(update).ResponseAsync));
        return errors;
    }

    private static async Task<string[]> ErrorsAsync(Task call)
    {
        try
        {
            await call;
            return [];
        }
        catch (RpcException failure)
        {
            Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
            return [.. failure.FieldErrors().Keys.Order(StringComparer.Ordinal)];
        }
    }
}
