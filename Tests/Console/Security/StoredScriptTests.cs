using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Security;

/// <summary>Texts of strangers, in every field that the API has, are shown as text: on every page, and in results.</summary>
public sealed class StoredScriptTests(RunningConsole shop)
{
    private const string Script = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'>{{7*7}}";

    /// <summary>They show what a stranger has written.</summary>
    private static readonly string[] Strange =
    [
        $"/sagas/{StandInGateway.Saga}", $"/sagas/{StandInGateway.Saga}/compensate", "/dead-letters", $"/dead-letters/{StandInGateway.Letter}", $"/dead-letters/{StandInGateway.Letter}/discard", $"/orders/{StandInGateway.Order}",
        "/shipments", "/products", $"/products/{StandInGateway.Product}", $"/products/{StandInGateway.Product}/discontinue", "/reconciliation", "/missed-messages",
    ];

    [Fact]
    public async Task A_stored_script_is_text_on_every_page()
    {
        shop.Gateway.Reset(Script);
        var browser = shop.Browser();
        await browser.SignInAsync();
        var pages = ConsolePaths.Pages(shop);
        Assert.InRange(pages.Count, 20, 100);
        Assert.Empty(Strange.Except(pages));
        foreach (var path in pages)
        {
            var page = await browser.GetAsync(path);
            Assert.True(page.Status == HttpStatusCode.OK, $"{path}: {page.Status}");
            AssertIsText(page, path);
            // It is there: the test has seen what it is about.
            Assert.True(!Strange.Contains(path) || page.Html.Contains("alert", StringComparison.Ordinal), $"{path} shows no text of a stranger");
        }
    }

    [Theory]
    [InlineData("/orders?memberId=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/products?query=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/dead-letters/replay?service=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&back=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/sagas?result=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task A_script_in_an_address_is_text(string path)
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var page = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        AssertIsText(page, path);
    }

    [Fact]
    public async Task A_script_in_a_report_of_an_import_is_text()
    {
        shop.Gateway.Reset();
        shop.Gateway.Ops("POST /api/v1/ops/products/import", _ => new Answer(200, $$"""{"event":"bad","line":3,"field":"name.ko","message":{{System.Text.Json.JsonSerializer.Serialize(Script)}}}""", "application/x-ndjson"));
        var browser = shop.Browser();
        await browser.SignInAsync();
        var page = await browser.FollowAsync(await Importing.SendAsync(browser, "x", $"{Script}.csv"));
        AssertIsText(page, "/products");
        Assert.Contains("alert(1)", page.Text, StringComparison.Ordinal);
    }

    private static void AssertIsText(Shown page, string path)
    {
        Assert.DoesNotContain(page.Document.Scripts, script => script.Text.Contains("alert", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("img"), image => image.GetAttribute("src") == "x");
        Assert.True(!page.Document.All.Any(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal))), path);
    }
}
