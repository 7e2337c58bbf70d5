using System.Net;
using System.Xml.Linq;
using Shop.Catalog.Seed;
using Shop.Catalog.Tests.Running;

namespace Shop.Catalog.Tests.Images;

public sealed class ImageTests(RunningCatalog catalog)
{
    [Fact]
    public async Task Every_sample_product_has_a_picture()
    {
        foreach (var product in SampleProducts.Read())
        {
            var answer = await catalog.Http.GetAsync(product.ImageUrl, TestContext.Current.CancellationToken);
            var picture = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("svg", XDocument.Parse(picture).Root?.Name.LocalName);
            Assert.DoesNotContain("$", picture);
            Assert.True(picture.Length < 4_000, product.Name.En);
        }
    }

    [Fact]
    public async Task A_picture_that_is_known_is_not_sent_again()
    {
        var address = SampleProducts.Read()[0].ImageUrl;
        var first = await catalog.Http.GetAsync(address, TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        var answer = await catalog.Http.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge: not null });
    }

    [Fact]
    public async Task A_picture_has_one_address()
    {
        var id = SampleProducts.Read()[0].Id.ToString();
        foreach (var other in new[] { "+" + id[1..], id.Replace("-", "", StringComparison.Ordinal), $"%7B{id}%7D", $"({id})", $"%20{id}" })
        {
            using var answer = await catalog.Http.GetAsync($"/images/products/{other}.svg", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/images/categories/coffee.svg", HttpStatusCode.OK)]
    [InlineData("/images/categories/nothing.svg", HttpStatusCode.NotFound)]
    [InlineData("/images/products/0199aaaa-0000-7000-8000-000000000000.svg", HttpStatusCode.NotFound)]
    [InlineData("/images/products/nonsense.svg", HttpStatusCode.NotFound)]
    public async Task Other_pictures(string address, HttpStatusCode status) =>
        Assert.Equal(status, (await catalog.Http.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
}
