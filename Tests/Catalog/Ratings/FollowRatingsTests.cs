using Microsoft.Extensions.DependencyInjection;
using Shop.Catalog.Ratings;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.Reviews.V1;
using Shop.Testing;

namespace Shop.Catalog.Tests.Ratings;

public sealed class FollowRatingsTests(RunningCatalog catalog)
{
    [Fact]
    public async Task A_rating_shows_on_the_page_in_lists_and_in_searches_within_five_seconds()
    {
        var product = await catalog.AddAsync("평점 상품", "Ratedproduct");
        Assert.Equal((false, 0), (product.Rating.HasAverage, product.Rating.Count));
        await catalog.NamesAsync("Ratedproduct");
        await PageAsync(product.Id);

        await HandleAsync(product.Id, stars: 55, count: 12, version: 12);

        var rating = new Rating { Average = 4.6, Count = 12 };
        await Eventually.TrueAsync(async () => (await PageAsync(product.Id)).Rating.Equals(rating), "the page has it", TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(async () => (await catalog.SearchAsync("Ratedproduct")).Single().Rating.Equals(rating), "the search has it", TimeSpan.FromSeconds(5));
        Assert.Equal(rating, (await catalog.Client(catalog.Tokens.Service("ordering", "catalog")).GetProductsAsync(new() { ProductIds = { product.Id } })).Products.Single().Rating);
    }

    [Fact]
    public async Task Events_in_any_order_and_twice_end_with_the_newest_rating()
    {
        var product = await catalog.AddAsync("순서", "Ordered ratings");
        foreach (var (stars, count, version) in new[] { (9L, 2, 2L), (4L, 1, 1L), (12L, 3, 3L), (9L, 2, 2L), (12L, 3, 3L), (99L, 20, 3L) })
            await HandleAsync(product.Id, stars, count, version);

        await Eventually.TrueAsync(async () => (await PageAsync(product.Id)).Rating.Equals(new Rating { Average = 4, Count = 3 }), "the newest rating", TimeSpan.FromSeconds(5));
    }

    /// <summary>A review of a product that this database does not have yet.</summary>
    [Fact]
    public async Task A_rating_may_come_before_its_product()
    {
        await HandleAsync(Guid.CreateVersion7().ToString(), 5, 1, 1);
    }

    private async Task<Product> PageAsync(string id) => (await catalog.Catalog.GetProductAsync(new() { ProductId = id })).Product;

    private async Task HandleAsync(string product, long stars, int count, long version)
    {
        await using var scope = catalog.Services.CreateAsyncScope();
        var changed = new RatingChanged { ProductId = product, Stars = stars, Count = count, Version = version };
        await new FollowRatings(scope.ServiceProvider.GetRequiredService<CatalogDb>()).HandleAsync(changed, null!, TestContext.Current.CancellationToken);
    }
}
