using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shop.Design.Languages;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

public sealed partial class LanguageTests(RunningStorefront shop)
{
    [Fact]
    public void Both_languages_have_the_same_texts()
    {
        var texts = shop.Services.GetRequiredService<Texts>();
        Assert.Equal(texts.Keys(Language.Korean).Order(), texts.Keys(Language.English).Order());
        Assert.InRange(texts.Keys(Language.Korean).Count(), 150, 1000);
    }

    [Fact]
    public void A_text_has_the_same_places_for_values_in_both()
    {
        var texts = shop.Services.GetRequiredService<Texts>();
        Assert.DoesNotContain(texts.Keys(Language.Korean), key => !Places(texts.Of(Language.Korean, key)).SequenceEqual(Places(texts.Of(Language.English, key))));
    }

    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var texts = shop.Services.GetRequiredService<Texts>();
        var named = new[] { "Design", "Storefront" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "Web", folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .SelectMany(file => Names().Matches(File.ReadAllText(file)).Select(match => match.Groups.Values.Skip(1).Single(group => group.Success).Value)).Distinct().ToList();

        Assert.InRange(named.Count, 100, 1000);
        Assert.DoesNotContain(named, key => !texts.Has(key));
    }

    /// <summary>All that Ordering writes into a timeline (<c>TimelineEntry</c>); their names are put together.</summary>
    [Fact]
    public void Every_moment_of_an_order_has_words()
    {
        var texts = shop.Services.GetRequiredService<Texts>();
        var moments = Quoted().Matches(ContractComments.Of("shop/ordering/v1/ordering.proto", "string what = ")).Select(match => match.Groups[1].Value).ToList();
        Assert.InRange(moments.Count, 10, 30);
        Assert.DoesNotContain(moments, moment => !texts.Has($"timeline.{moment}"));
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9", "/en")]
    [InlineData("ko-KR,ko;q=0.9,en;q=0.8", "/ko")]
    [InlineData("de,en;q=0.5,ko;q=0.4", "/en")]
    [InlineData("de", "/ko")]
    [InlineData(null, "/ko")]
    public async Task Without_a_language_in_the_address_the_browser_chooses(string? accepted, string expected)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (accepted is not null)
            request.Headers.Add("Accept-Language", accepted);
        var answer = await shop.Browser().SendAsync(request);
        Assert.Equal((HttpStatusCode.Found, expected), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task The_language_that_was_read_last_comes_before_the_browsers()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        await browser.GetAsync("/");
        var request = new HttpRequestMessage(HttpMethod.Get, "/basket?x=1") { Headers = { { "Accept-Language", "ko" } } };
        Assert.Equal("/en/basket?x=1", (await browser.SendAsync(request)).Location);
    }

    [Theory]
    [InlineData("ko", "129,900원", "장바구니에 담기", "재고 있음")]
    [InlineData("en", "₩129,900", "Add to basket", "In stock")]
    public async Task A_page_is_in_its_language_and_asks_the_api_for_it(string language, params string[] texts)
    {
        shop.Gateway.Reset();
        var page = await shop.Browser(language).GetAsync($"/products/{StandInGateway.Keyboard}");
        Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
        Assert.All(texts, text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
        Assert.Contains(shop.Gateway.Calls, call => call.Path.Contains("/products/", StringComparison.Ordinal) && call.Headers["Accept-Language"] == language);
    }

    [Fact]
    public async Task The_switch_keeps_the_page()
    {
        shop.Gateway.Reset();
        var page = await shop.Browser().GetAsync("/search?query=mouse");
        Assert.Equal("/en/search?query=mouse", page.Document.QuerySelector("a[hreflang=en]")!.GetAttribute("href"));
    }

    private static IEnumerable<string> Places(string text) => PlaceOf().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex PlaceOf();

    [GeneratedRegex("""\bT\["([^"]+)"|\bwords\["([^"]+)"|OfCode\("[^"]+", [^;]+?, "([^"]+)"\)|OfCode\("(?:[^"]+)", \w+, "([^"]+)"\)""")]
    private static partial Regex Names();

    [GeneratedRegex(@"""(\w+)""")]
    private static partial Regex Quoted();
}
