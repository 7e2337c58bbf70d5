using System.Net;
using Microsoft.AspNetCore.Routing;
using Shop.Design.Pages;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Security;

/// <summary>Every route that the application says it serves.</summary>
public sealed class HeaderTests(RunningStorefront shop)
{
    private static readonly string[] Required = ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"];

    [Fact]
    public async Task Every_answer_of_every_route_has_the_headers()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var asked = 0;
        foreach (var (method, path, isPage) in Routes())
        {
            var answer = method == "POST" ? await browser.PostAsync(path) : isPage ? await browser.GetAsync(path) : await browser.GetRawAsync(path);
            Assert.All(Required, header => Assert.True(answer.Header(header) is not null, $"{method} {path} ({(int)answer.Status}) has no {header}"));
            Assert.Contains("default-src 'self'", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
            Assert.True(answer.Status != HttpStatusCode.InternalServerError, $"{method} {path} is a 500");
            asked++;
        }

        Assert.InRange(asked, 25, 100);
    }

    [Fact]
    public async Task An_unknown_address_has_the_headers_too()
    {
        var answer = await shop.Browser().GetAsync("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.All(Required, header => Assert.NotNull(answer.Header(header)));
    }

    /// <summary>Paths that no route can have.</summary>
    [Theory]
    [InlineData("/en/%01")]
    [InlineData("/en/%ff")]
    [InlineData("/en/..%2f")]
    public async Task A_strange_address_has_the_headers_too(string path)
    {
        shop.Gateway.Reset();
        var answer = await shop.Browser().GetRawAsync(path);
        Assert.InRange((int)answer.Status, 400, 499);
        Assert.All(Required, header => Assert.NotNull(answer.Header(header)));
    }

    /// <summary>The API does not know a product any more that is no longer sold.</summary>
    [Fact]
    public async Task A_product_that_is_no_longer_sold_has_the_headers_too()
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/products/*", _ => Answer.Problem(404, null, "The product is not sold any more."));
        var answer = await shop.Browser().GetAsync($"/products/{StandInGateway.Keyboard}");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.All(Required, header => Assert.NotNull(answer.Header(header)));
    }

    [Fact]
    public async Task No_page_has_a_script_a_style_or_a_handler_in_itself()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        foreach (var (_, path, _) in Routes().Where(route => route is { Method: "GET", IsPage: true }))
        {
            var page = await browser.GetAsync(path);
            Assert.Empty(page.Document.QuerySelectorAll("script:not([src]):not([type='application/ld+json']), style, [style]"));
            Assert.DoesNotContain(page.Document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            Assert.DoesNotContain(page.Document.QuerySelectorAll("[src], link[rel=stylesheet]"), element =>
                (element.GetAttribute("src") ?? element.GetAttribute("href"))!.Contains("://", StringComparison.Ordinal));
        }
    }

    private IEnumerable<(string Method, string Path, bool IsPage)> Routes() =>
        from endpoint in shop.Endpoints
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where !endpoint.RoutePattern.RawText!.StartsWith("/grpc.", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.EndsWith("/events", StringComparison.Ordinal)
        let path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
        select (method, path
            .Replace("{id:guid}", StandInGateway.Keyboard, StringComparison.Ordinal)
            .Replace("{id}", path.Contains("categories", StringComparison.Ordinal) ? "keyboards" : StandInGateway.Keyboard, StringComparison.Ordinal)
            .Replace("{kind}/{name}", "products/x.svg", StringComparison.Ordinal)
            .Replace("{version}/{name}", "x/shop.css", StringComparison.Ordinal), endpoint.Metadata.GetMetadata<PageEndpoint>() is not null);
}
