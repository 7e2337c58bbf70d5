using Microsoft.Extensions.DependencyInjection;
using Shop.Catalog.Seed;
using Shop.Catalog.Tests.Running;

namespace Shop.Catalog.Tests.Products;

public sealed class SeedTests(RunningCatalog catalog)
{
    [Fact]
    public void The_sample_products_are_plausible()
    {
        var products = SampleProducts.Read();

        Assert.True(products.Count >= 200);
        Assert.Equal(products.Count, products.Select(product => product.Id).Distinct().Count());
        Assert.Equal(products.Count, products.Select(product => product.Name.Ko).Distinct().Count());
        Assert.All(products, product => Assert.Equal(7, product.Id.Version));
        Assert.All(products, product => Assert.InRange(product.Price, 5_000, 1_000_000));
        Assert.All(products, product => Assert.Equal(0, product.Price % 100));
    }

    [Fact]
    public async Task They_are_added_once_each_with_its_event()
    {
        var seed = catalog.Services.GetRequiredService<SeedProducts>();
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var scope = catalog.Services.CreateAsyncScope();
            return await seed.SeedAsync(scope.ServiceProvider.GetRequiredService<CatalogDb>(), TestContext.Current.CancellationToken);
        }));

        Assert.Equal([0, 0, 0, 0], again);
        var id = SampleProducts.Read()[0].Id.ToString();
        Assert.Equal(["ProductAdded"], await catalog.Database.EventsOfAsync(id));
    }
}
