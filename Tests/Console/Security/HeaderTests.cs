using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Security;

/// <summary>Every route that the application says it serves.</summary>
public sealed class HeaderTests(RunningConsole shop)
{
    private static readonly string[] Required = ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"];

    [Fact]
    public async Task Every_answer_of_every_route_has_the_headers()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var routes = ConsolePaths.Of(shop);
        Assert.InRange(routes.Count, 40, 100);
        foreach (var (method, path, isPage) in routes)
        {
            var answer = method == "POST" ? await browser.PostAsync(path) : isPage ? await browser.GetAsync(path) : await browser.GetRawAsync(path);
            Assert.All(Required, header => Assert.True(answer.Header(header) is not null, $"{method} {path} ({(int)answer.Status}) has no {header}"));
            Assert.Contains("default-src 'self'", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy")!, StringComparison.Ordinal);
            Assert.True(answer.Status != HttpStatusCode.InternalServerError, $"{method} {path} is a 500");
            if (isPage)
                Assert.True(answer.Header("Cache-Control") == "no-store", $"{method} {path}: {answer.Header("Cache-Control")}");
        }
    }

    [Fact]
    public async Task Every_page_is_one_and_has_no_script_style_or_handler_in_itself()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        foreach (var path in ConsolePaths.Pages(shop))
        {
            var page = await browser.GetAsync(path);
            Assert.True(page.Status == HttpStatusCode.OK, $"{path}: {page.Status} {page.Text}");
            Assert.Empty(page.Document.QuerySelectorAll("script:not([src]), style, [style]"));
            Assert.DoesNotContain(page.Document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            Assert.DoesNotContain(page.Document.QuerySelectorAll("[src], link[rel=stylesheet]"), element =>
                (element.GetAttribute("src") ?? element.GetAttribute("href"))!.Contains("://", StringComparison.Ordinal));
        }
    }
}
