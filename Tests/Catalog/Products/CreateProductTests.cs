using Grpc.Core;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Catalog.Tests.Products;

public sealed class CreateProductTests(RunningCatalog catalog)
{
    [Fact]
    public async Task A_product_is_for_sale_as_it_was_given()
    {
        const string name = "  <b>여백</b> 과 🎁 ";
        var description = "첫째 줄\n둘째 줄\t끝 " + new string('긴', 1_900);

        var created = await catalog.AddAsync(name, "  Spaced \u00e9 ", 1_000_000_000_000, "keyboards", description);
        var read = (await catalog.Catalog.GetProductAsync(new() { ProductId = created.Id })).Product;

        Assert.Equal((name, description, 1_000_000_000_000, "KRW"), (read.Name, read.Description, read.Price.Amount, read.Price.Currency));
        Assert.Equal(("keyboards", "키보드"), (read.Category.Id, read.Category.Name));
        Assert.Equal($"/images/products/{created.Id}.svg", read.ImageUrl);
        Assert.Equal((0, false), (read.Rating.Count, read.Rating.HasAverage));
        Assert.Equal(7, Guid.Parse(created.Id).Version);
        Assert.Equal(["ProductAdded"], await catalog.Database.EventsOfAsync(created.Id));
    }

    [Fact]
    public async Task Every_bad_field_is_named_at_once()
    {
        var failure = await FailsAsync(new()
        {
            Name = new() { Ko = new('가', 201), En = "" },
            Description = new() { Ko = "  ", En = new('x', 2_001) },
            CategoryId = "nothing",
            Price = new() { Amount = 0, Currency = "USD" },
            ImageUrl = "javascript:alert(1)",
        });

        Assert.Equal(
            ["categoryId", "description.en", "description.ko", "imageUrl", "name.en", "name.ko", "price.amount", "price.currency"],
            failure.FieldErrors().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_missing_field_is_named_at_once() =>
        Assert.Equal(["categoryId", "description", "name", "price"], (await FailsAsync(new())).FieldErrors().Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000_000_001)]
    [InlineData(long.MaxValue)]
    public async Task A_price_is_1_to_a_million_million(long price) =>
        Assert.Equal(["price.amount"], (await FailsAsync(CatalogCalls.Draft(price: price))).FieldErrors().Keys);

    [Fact]
    public async Task Length_counts_letters_as_people_do()
    {
        var letters = string.Concat(Enumerable.Repeat("🎁", 100));
        Assert.Equal(letters, (await catalog.AddAsync(letters, "Two hundred presents")).Name);
        Assert.Equal(["name.ko"], (await FailsAsync(CatalogCalls.Draft(ko: letters + "🎁"))).FieldErrors().Keys);
    }

    [Theory]
    [InlineData("nul\0nul")]
    [InlineData("two\nlines")]
    public async Task A_name_is_one_line_that_can_be_stored(string name) =>
        Assert.Equal(["name.en"], (await FailsAsync(CatalogCalls.Draft(en: name))).FieldErrors().Keys);

    [Theory]
    [InlineData("/images/own.svg")]
    [InlineData("https://cdn.example.com/a.png")]
    public async Task A_picture_may_lie_elsewhere(string imageUrl)
    {
        var draft = CatalogCalls.Draft();
        draft.ImageUrl = imageUrl;
        Assert.Equal(imageUrl, (await catalog.AsOperator.CreateProductAsync(draft)).Product.ImageUrl);
    }

    private async Task<RpcException> FailsAsync(CreateProductRequest request)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await catalog.AsOperator.CreateProductAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        return failure;
    }
}
