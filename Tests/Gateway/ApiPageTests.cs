using System.Net;
using System.Text.RegularExpressions;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed partial class ApiPageTests(RunningGateway gateway)
{
    [Fact]
    public async Task In_development_it_shows_the_document_and_brings_all_that_it_loads()
    {
        await using var development = gateway.InDevelopment();
        using var client = development.CreateClient();

        using var page = await client.GetAsync("/scalar/", TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        var loaded = Loaded().Matches(html).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(loaded);
        foreach (var address in loaded)
        {
            Assert.False(Uri.TryCreate(address, UriKind.Absolute, out var elsewhere) && elsewhere.Scheme.StartsWith("http", StringComparison.Ordinal), address);
            using var asset = await client.GetAsync(new Uri(new Uri("http://localhost/scalar/"), address), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        }
    }

    [Fact]
    public async Task The_browser_is_told_to_load_nothing_from_elsewhere()
    {
        await using var development = gateway.InDevelopment();
        using var client = development.CreateClient();

        using var page = await client.GetAsync("/scalar/", TestContext.Current.CancellationToken);
        using var other = await client.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", Assert.Single(other.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/scalar")]
    [InlineData("/scalar/")]
    [InlineData("/scalar/scalar.js")]
    public async Task Elsewhere_it_is_not_there(string path) => (await gateway.GetAsync(path)).IsProblem(404);

    [GeneratedRegex("""(?:src|href)="([^"#]+)["#]""")]
    private static partial Regex Loaded();
}
