using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

public sealed class SearchEngineTests(RunningStorefront shop)
{
    [Fact]
    public async Task A_product_describes_itself()
    {
        shop.Gateway.Reset();
        var page = await shop.Browser("en").GetAsync($"/products/{StandInGateway.Keyboard}");
        using var data = JsonDocument.Parse(page.Document.Scripts.Single(script => script.Type == "application/ld+json").Text);

        Assert.Equal(("Product", 129_900, "KRW", 4.6, 12), (
            data.RootElement.GetProperty("@type").GetString(), data.RootElement.GetProperty("offers").GetProperty("price").GetInt64(), data.RootElement.GetProperty("offers").GetProperty("priceCurrency").GetString(),
            data.RootElement.GetProperty("aggregateRating").GetProperty("ratingValue").GetDouble(), data.RootElement.GetProperty("aggregateRating").GetProperty("reviewCount").GetInt32()));
        Assert.Equal($"https://shop.test/en/products/{StandInGateway.Keyboard}", page.Document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(["en", "ko", "x-default"], page.Document.QuerySelectorAll("link[rel=alternate]").Select(link => link.GetAttribute("hreflang")).Order());
    }

    [Theory]
    [InlineData("/search?query=x", true)]
    [InlineData("/categories/keyboards?pageToken=x", true)]
    [InlineData("/basket", true)]
    [InlineData("/categories/keyboards", false)]
    [InlineData("/", false)]
    public async Task What_is_not_for_search_engines_says_so(string path, bool isHidden)
    {
        shop.Gateway.Reset();
        var page = await shop.Browser().GetAsync(path);
        Assert.Equal(isHidden, page.Document.QuerySelector("meta[name=robots][content=noindex]") is not null);
        Assert.DoesNotContain("pageToken", page.Document.QuerySelector("link[rel=canonical]")?.GetAttribute("href") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_map_has_every_page_in_both_languages()
    {
        shop.Gateway.Reset();
        var answer = await shop.Browser().GetRawAsync("/sitemap.xml");
        XNamespace map = "http://www.sitemaps.org/schemas/sitemap/0.9";
        var pages = XDocument.Parse(answer.Html).Descendants(map + "loc").Select(loc => loc.Value).ToList();
        Assert.Equal(2 * (1 + 1 + 2), pages.Count);
        Assert.Contains($"https://shop.test/en/products/{StandInGateway.Mouse}", pages);
        Assert.Contains("Sitemap: https://shop.test/sitemap.xml", (await shop.Browser().GetRawAsync("/robots.txt")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_map_whose_host_a_client_chose_is_not_kept_for_others()
    {
        shop.Gateway.Reset();
        Assert.Equal("no-store", (await shop.Browser().GetRawAsync("/sitemap.xml")).Header("Cache-Control"));
    }

    [Fact]
    public async Task Every_page_has_one_first_heading_and_labels_for_its_fields()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"));
        foreach (var path in new[] { "/", "/categories/keyboards", "/search?query=x", "/search", $"/products/{StandInGateway.Keyboard}", "/basket", "/checkout", "/orders", "/coupons", "/messages", "/profile", "/sign-in", "/sign-up", "/privacy", "/accessibility", "/nowhere" })
        {
            var page = await browser.GetAsync(path);
            Assert.True(page.Document.QuerySelectorAll("h1").Length == 1, path);
            Assert.Empty(page.Document.QuerySelectorAll("input:not([type=hidden]), select, textarea").Where(field => field.Closest("label") is null && page.Document.QuerySelector($"label[for='{field.Id}']") is null).Select(field => $"{path}: {field.OuterHtml}"));
            Assert.Empty(page.Document.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => $"{path}: #{group.Key}"));
            Assert.Empty(page.Document.QuerySelectorAll("img:not([width]), img:not([alt])"));
        }
    }

    [Fact]
    public async Task Pages_without_a_session_can_be_shown_again_and_others_are_not_kept()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        Assert.Equal("no-cache, private", (await browser.GetAsync("/")).Header("Cache-Control"));
        await browser.SignInAsync();
        Assert.Equal("no-store", (await browser.GetAsync("/")).Header("Cache-Control"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetRawAsync("/images/products/x.svg")).Status);
    }
}
