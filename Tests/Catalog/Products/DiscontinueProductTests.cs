using Grpc.Core;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.Testing;

namespace Shop.Catalog.Tests.Products;

public sealed class DiscontinueProductTests(RunningCatalog catalog)
{
    [Fact]
    public async Task A_discontinued_product_is_in_no_list_and_no_search_any_more()
    {
        await using var other = await catalog.AnotherReplicaAsync();
        var product = await catalog.AddAsync("단종 예정품", "Soonwithdrawn", category: "pets");
        var (name, count) = ("Soonwithdrawn", await CountAsync());
        Assert.Single(await catalog.NamesAsync(name));

        await DiscontinueAsync(product.Id);

        foreach (var replica in new[] { catalog.Catalog, other.Catalog })
        {
            await Eventually.TrueAsync(async () => (await replica.ListProductsAsync(new() { Query = name })).Products.Count == 0, "searches no longer have it");
            foreach (var sort in new[] { ProductSort.Newest, ProductSort.Price, ProductSort.PriceDescending })
            {
                await Eventually.TrueAsync(async () => (await replica.ListProductsAsync(new() { CategoryId = "pets", Sort = sort, PageSize = 100 })).Products.All(listed => listed.Id != product.Id),
                    "lists no longer have it");
                await Eventually.TrueAsync(async () => (await replica.ListProductsAsync(new() { Query = name, Sort = sort })).Products.Count == 0, "sorted searches no longer have it");
            }
            await NotFoundAsync(async () => await replica.GetProductAsync(new() { ProductId = product.Id }));
        }
        Assert.Equal(count - 1, await CountAsync());

        async Task<int> CountAsync() => (await catalog.Catalog.ListCategoriesAsync(new())).Categories.Single(category => category.Id == "pets").ProductCount;
    }

    [Fact]
    public async Task Orders_and_baskets_see_that_it_is_discontinued()
    {
        var (sold, gone) = (await catalog.AddAsync("파는 것", "Sold"), await catalog.AddAsync("안 파는 것", "Not sold", price: 777));
        await DiscontinueAsync(gone.Id);

        var products = (await catalog.Client(catalog.Tokens.Service("ordering", "catalog")).GetProductsAsync(new() { ProductIds = { sold.Id, gone.Id } })).Products;

        Assert.Equal([(sold.Id, false, 10_000), (gone.Id, true, 777)], products.Select(product => (product.Id, product.Discontinued, product.Price.Amount)));
    }

    [Fact]
    public async Task It_is_announced_once_however_often_it_is_said()
    {
        var product = await catalog.AddAsync("한 번만", "Once");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DiscontinueAsync(product.Id)));
        await DiscontinueAsync(product.Id);

        Assert.Equal(["ProductAdded", "ProductDiscontinued"], await catalog.Database.EventsOfAsync(product.Id));
    }

    [Fact]
    public async Task A_change_does_not_bring_it_back()
    {
        var product = await catalog.AddAsync("돌아오지 않는 것", "Staysaway");
        await DiscontinueAsync(product.Id);

        await catalog.AsOperator.UpdateProductAsync(new() { ProductId = product.Id, Name = new() { Ko = "새 이름", En = "Staysaway anyway" }, Price = new() { Amount = 5, Currency = "KRW" } });

        Assert.Empty(await catalog.NamesAsync("Staysaway"));
        await NotFoundAsync(async () => await catalog.Catalog.GetProductAsync(new() { ProductId = product.Id }));
    }

    [Fact]
    public async Task An_unknown_product_is_not_found()
    {
        await NotFoundAsync(() => DiscontinueAsync(Guid.CreateVersion7().ToString()));
        await NotFoundAsync(() => DiscontinueAsync("x"));
    }

    private async Task DiscontinueAsync(string product) => await catalog.AsOperator.DiscontinueProductAsync(new() { ProductId = product });

    private static async Task NotFoundAsync(Func<Task> call) => Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
}
