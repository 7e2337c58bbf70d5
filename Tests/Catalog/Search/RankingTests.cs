using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Search;

public sealed class RankingTests(RunningCatalog catalog)
{
    [Fact]
    public async Task The_best_match_comes_first()
    {
        var typo = await catalog.AddAsync("별빛노래상자", "Zephyrus Music Box");
        var described = await catalog.AddAsync("다른 물건", "Other Thing", descriptionEn: "Goes well with a zephyron.");
        var begins = await catalog.AddAsync("제퍼론즈", "Zephyronics Lamp");
        var longer = await catalog.AddAsync("제퍼론 큰 것", "Large and Heavy Zephyron Machine");
        var exact = await catalog.AddAsync("제퍼론", "Zephyron");

        var found = await catalog.SearchAsync("zephyron");

        Assert.Equal([exact.Id, longer.Id, begins.Id, described.Id], found.ConvertAll(product => product.Id));
        Assert.DoesNotContain(typo.Id, found.ConvertAll(product => product.Id));
    }

    [Fact]
    public async Task Near_misses_come_after_the_hits()
    {
        var miss = await catalog.AddAsync("가나다 탁자", "Quortle Table");
        var described = await catalog.AddAsync("가나다 물건", "Thing", descriptionEn: "With quortla inside.");
        var hit = await catalog.AddAsync("가나다 전선", "Quortla Cord");

        Assert.Equal([hit.Id, described.Id, miss.Id], (await catalog.SearchAsync("quortla")).ConvertAll(product => product.Id));
    }

    [Theory]
    [InlineData("wireles mecanical keybord")]
    [InlineData("wireless mechanicle keyboard")]
    public async Task Words_that_begin_alike_are_not_taken_for_all_of_a_misspelt_query(string query)
    {
        await catalog.AddAsync("무선 것", "Wireless Thing");

        var names = await catalog.NamesAsync(query, Language.En);

        Assert.Equal("Wireless Mechanical Keyboard", names[0]);
        Assert.DoesNotContain("Wireless Thing", names);
    }

    [Theory]
    [InlineData(ProductSort.Price)]
    [InlineData(ProductSort.PriceDescending)]
    [InlineData(ProductSort.Newest)]
    public async Task In_other_orders_near_misses_count_only_without_hits(ProductSort sort)
    {
        var name = $"Drumlo{(char)('a' + (int)sort)}";
        var hit = await catalog.AddAsync("북소리", $"{name}x");
        var miss = await catalog.AddAsync("북소리", $"{name}y");

        Assert.Equal([hit.Id], (await catalog.SearchAsync($"{name}x", sort)).ConvertAll(product => product.Id));
        Assert.Equal(2, (await catalog.SearchAsync($"{name}z", sort)).Count);
        Assert.Contains(miss.Id, (await catalog.SearchAsync($"{name}x")).ConvertAll(product => product.Id));
    }

    [Fact]
    public async Task A_changed_product_is_found_by_its_new_name_and_not_by_its_old_one()
    {
        var product = await catalog.AddAsync("물뿌리개", "Snorvel Can");
        await catalog.AsOperator.UpdateProductAsync(new() { ProductId = product.Id, Name = new() { Ko = "물조리개", En = "Brimtok Can" } });

        Assert.Empty(await catalog.NamesAsync("snorvel"));
        Assert.Equal([product.Id], (await catalog.SearchAsync("brimtok")).ConvertAll(found => found.Id));
    }
}
