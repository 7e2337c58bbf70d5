using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shop.Console.Tests.Running;
using Shop.Design.Languages;

namespace Shop.Console.Tests.Pages;

public sealed partial class LanguageTests(RunningConsole shop)
{
    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places_for_values()
    {
        var texts = shop.Services.GetRequiredService<Texts>();
        Assert.Equal(texts.Keys(Language.Korean).Order(), texts.Keys(Language.English).Order());
        Assert.InRange(texts.Keys(Language.Korean).Count(), 200, 1000);
        Assert.DoesNotContain(texts.Keys(Language.Korean), key => !Places(texts.Of(Language.Korean, key)).SequenceEqual(Places(texts.Of(Language.English, key))));
    }

    [Fact]
    public void Every_text_that_a_page_names_exists()
    {
        var texts = shop.Services.GetRequiredService<Texts>();
        var named = new[] { "Design", "Console" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "Web", folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .SelectMany(file => Names().Matches(File.ReadAllText(file)).Select(match => match.Groups.Values.Skip(1).Single(group => group.Success).Value)).Distinct().ToList();

        Assert.InRange(named.Count, 100, 1000);
        Assert.DoesNotContain(named, key => !texts.Has(key));
    }

    /// <summary>Codes of the API whose texts no page names: from where they are written down.</summary>
    [Fact]
    public void Every_step_reason_and_moment_has_words()
    {
        var texts = shop.Services.GetRequiredService<Texts>();
        var sagas = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Services", "Ordering"), "*Saga.cs", SearchOption.AllDirectories).ToList();
        var reasons = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "error-reasons.md"));
        const string contract = "shop/ordering/v1/ordering.proto";
        string[] codes =
        [
            .. sagas.Select(file => $"saga.type.{Path.GetFileNameWithoutExtension(file)}"),
            .. sagas.SelectMany(file => StepNames().Matches(File.ReadAllText(file))).Select(match => $"saga.step.{match.Groups[1].Value}"),
            .. ReasonRows().Matches(reasons[reasons.IndexOf("## Reasons of a rejected order", StringComparison.Ordinal)..]).Select(match => $"why.{match.Groups[1].Value}").Where(reason => reason != "why.invalid_client"),
            .. Quoted().Matches(ContractComments.Of(contract, "string what = ")).Select(match => $"timeline.{match.Groups[1].Value}"),
            .. ContractComments.Of(contract, "string outcome = ").Trim().Trim('/', ' ', '.').Split(", ").Select(outcome => $"saga.outcome.{outcome.Trim('"')}"),
        ];
        Assert.InRange(codes.Distinct().Count(), 45, 100);
        Assert.DoesNotContain(codes, code => !texts.Has(code));
    }

    /// <summary>Names that are put together, such as those of actions.</summary>
    [Theory]
    [InlineData("ko")]
    [InlineData("en")]
    public async Task No_page_lacks_a_text(string language)
    {
        shop.Gateway.Reset();
        var browser = shop.Browser(language);
        await browser.SignInAsync();
        shop.Log.IsListening = true;
        foreach (var path in ConsolePaths.Pages(shop))
        {
            var page = await browser.GetAsync(path);
            Assert.Equal(language, page.Document.DocumentElement?.GetAttribute("lang") ?? language);
        }

        shop.Log.IsListening = false;
        Assert.DoesNotContain("is missing in", shop.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_keeps_the_view()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var page = await browser.GetAsync("/sagas?state=overdue");
        Assert.Equal("/en/sagas?state=overdue", page.Document.QuerySelector("a[hreflang=en]")!.GetAttribute("href"));
    }

    private static IEnumerable<string> Places(string text) => PlaceOf().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\.(?:Step|Pivot|Finish|OnFailure)\(""([^""]+)""")]
    private static partial Regex StepNames();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ReasonRows();

    [GeneratedRegex(@"""(\w+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex PlaceOf();

    [GeneratedRegex("""\bT\["([^"]+)"|\b[Ww]ords\["([^"]+)"|OfCode\("[^"]+", [^;]+?, "([^"]+)"\)""")]
    private static partial Regex Names();
}
