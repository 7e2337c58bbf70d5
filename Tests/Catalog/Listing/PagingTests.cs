using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Listing;

public sealed class PagingTests(RunningCatalog catalog)
{
    private const string Added = "새것";

    [Theory]
    [InlineData(ProductSort.Newest, "", "Rowingprobe")]
    [InlineData(ProductSort.Price, "", "Sewingprobe")]
    [InlineData(ProductSort.PriceDescending, "", "Tilingprobe")]
    [InlineData(ProductSort.Relevance, "pagingprobe", "Pagingprobe")]
    [InlineData(ProductSort.Price, "weldingprobe", "Weldingprobe")]
    [InlineData(ProductSort.Newest, "bottlingprobe", "Bottlingprobe")]
    [InlineData(ProductSort.Price, "climbimgprobe", "Climbingprobe")]       // near misses on every page
    [InlineData(ProductSort.Relevance, "drawimgprobe", "Drawingprobe")]
    public async Task Pages_leave_nothing_out_and_repeat_nothing_while_products_are_added_and_changed(ProductSort sort, string query, string name)
    {
        // Of its own name: each page adds a product, and those of other cases would make ever longer lists.
        var there = await ThereAsync(name);

        var seen = await catalog.AllPagesAsync(new() { Query = query, Sort = sort, PageSize = 5 }, () => AddAndChangeAsync(name, there, sort));

        EachOnce(there, seen);
    }

    [Theory]
    [InlineData(ProductSort.Newest)]
    [InlineData(ProductSort.PriceDescending)]
    [InlineData(ProductSort.Relevance)]
    public async Task Pages_of_two_replicas_fit_together(ProductSort sort)
    {
        await using var other = await catalog.AnotherReplicaAsync();
        var name = $"Twopaged{sort}";
        var there = await ThereAsync(name);

        var seen = await catalog.AllPagesAsync(new() { Query = name, Sort = sort, PageSize = 5 }, () => AddAndChangeAsync(name, there, sort), other);

        EachOnce(there, seen);
    }

    private async Task<List<Product>> ThereAsync(string name)
    {
        var there = new List<Product>();
        for (var i = 0; i < 12; i++)
            there.Add(await catalog.AddAsync($"쪽 {i % 3}", name, price: 5_000 + i % 4));        // equal sort keys across a page boundary
        return there;
    }

    // Changes fields that are not the sort key: a product whose price changes moves to its new position.
    private async Task AddAndChangeAsync(string name, List<Product> there, ProductSort sort)
    {
        await catalog.AddAsync(Added, name, price: 5_002);
        var isByPrice = sort is ProductSort.Price or ProductSort.PriceDescending;
        var id = there[Random.Shared.Next(there.Count)].Id;
        await catalog.AsOperator.UpdateProductAsync(isByPrice
            ? new() { ProductId = id, Description = new() { Ko = $"바뀐 설명 {Guid.CreateVersion7()}", En = "Changed" } }
            : new() { ProductId = id, Price = new() { Amount = Random.Shared.Next(1, 10_000), Currency = "KRW" } });
    }

    // Only products of this case: other tests change prices meanwhile, and in a list by price a product then comes at both places.
    private static void EachOnce(List<Product> there, List<Product> seen)
    {
        var mine = there.Select(product => product.Id).ToHashSet();
        var ids = seen.Where(product => mine.Contains(product.Id) || product.Name == Added).Select(product => product.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(mine.Except(ids));
    }

    [Fact]
    public async Task Prices_go_up_and_down()
    {
        var up = (await catalog.AllPagesAsync(new() { Sort = ProductSort.Price, CategoryId = "audio", PageSize = 7 })).ConvertAll(product => product.Price.Amount);
        var down = (await catalog.AllPagesAsync(new() { Sort = ProductSort.PriceDescending, CategoryId = "audio", PageSize = 7 })).ConvertAll(product => product.Price.Amount);

        Assert.Equal(21, up.Count);
        Assert.Equal(up.Order(), up);
        Assert.Equal(up.OrderDescending(), down);
    }

    [Fact]
    public async Task The_newest_come_first_unless_something_else_is_asked_for()
    {
        var old = await catalog.AddAsync("오래된 것", "Oldlike Thing");
        var young = await catalog.AddAsync("새로운 것", "Newlike Thing");

        var ids = (await catalog.Catalog.ListProductsAsync(new() { PageSize = 100 })).Products.Select(product => product.Id).ToList();

        Assert.InRange(ids.IndexOf(young.Id), 0, ids.IndexOf(old.Id) - 1);
    }

    [Fact]
    public async Task A_category_holds_its_own_products_only()
    {
        var products = await catalog.AllPagesAsync(new() { CategoryId = "pets", PageSize = 10 });

        Assert.Equal(22, products.Count);
        Assert.All(products, product => Assert.Equal("반려동물", product.Category.Name));
        Assert.Empty((await catalog.Catalog.ListProductsAsync(new() { CategoryId = "unknown" })).Products);
    }

    [Fact]
    public async Task A_page_is_20_unless_something_else_is_asked_for()
    {
        var page = await catalog.Catalog.ListProductsAsync(new());

        Assert.Equal(20, page.Products.Count);
        Assert.NotEmpty(page.NextPageToken);
    }

    [Fact]
    public async Task The_last_page_has_no_token() =>
        Assert.Empty((await catalog.Catalog.ListProductsAsync(new() { CategoryId = "audio", PageSize = 21 })).NextPageToken);
}
