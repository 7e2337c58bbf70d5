using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Pages;

public sealed class HomeTests(RunningConsole shop)
{
    [Fact]
    public async Task What_needs_attention_comes_first_and_each_item_leads_to_its_list()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/figures", _ => Answer.Json(200, StandInGateway.Figures(lag: 1_000)));
        var page = await browser.GetAsync("/");

        Assert.Equal(["/en/sagas?state=overdue", "/en/dead-letters", "/en/reconciliation", "#lag"], page.Document.QuerySelectorAll(".attention a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Needs attention", page.Document.QuerySelector("h2")!.TextContent);
        Assert.NotNull(page.Document.QuerySelector("#lag"));
        Assert.Contains("Overdue sagas: 2", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_waits()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/figures", _ => Answer.Json(200, StandInGateway.Figures(overdue: 0, deadLetters: 0)));
        shop.Gateway.Ops("GET /api/v1/ops/reconciliation", _ => Answer.Json(200, new { at = "2026-11-20T10:00:00Z", compared = 1, differences = new[] { new { orderId = (string?)null, kind = "unknown_charge", ours = (string?)null, theirs = "1", repaired = true, at = "2026-11-20T10:00:00Z" } } }));
        var page = await browser.GetAsync("/");
        Assert.Empty(page.Document.QuerySelectorAll(".attention a"));
        Assert.Contains("Nothing waits for an operator", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_comparison_with_the_payment_provider_nobody_says_that_nothing_waits()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/figures", _ => Answer.Json(200, StandInGateway.Figures(overdue: 0, deadLetters: 0)));
        shop.Gateway.Ops("GET /api/v1/ops/reconciliation", _ => Answer.Json(200, new { at = (string?)null, compared = 0, differences = Array.Empty<object>() }));
        var page = await browser.GetAsync("/");

        Assert.DoesNotContain("Nothing waits", page.Text, StringComparison.Ordinal);
        var notice = Assert.Single(page.Document.QuerySelectorAll(".notice"));
        Assert.Contains("have not been compared with the provider's ledger yet", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal("/en/reconciliation", notice.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_chart_has_its_numbers_as_a_table_beside_it()
    {
        var page = await (await SignedInAsync()).GetAsync("/");
        var chart = page.Document.QuerySelector("figure.chart")!;
        Assert.Equal("img", chart.QuerySelector("svg")!.GetAttribute("role"));
        Assert.Contains("174 placed, at most 6", chart.QuerySelector("svg")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(60, chart.QuerySelectorAll("rect.placed").Length);
        Assert.Equal(60, chart.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("120", chart.QuerySelectorAll("rect.placed")[6].GetAttribute("height"));
        Assert.Contains("1,234", page.Document.QuerySelector(".numbers")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_unavailable_is_named_and_never_called_well()
    {
        var browser = await SignedInAsync();
        var figures = StandInGateway.Figures(overdue: 0, deadLetters: null, unavailable: ["order-history", "reviews"]);
        (figures["perMinute"], figures["today"], figures["rejectedBy"], figures["placedToConfirmedMs"]) = (null, null, null, null);
        shop.Gateway.Ops("GET /api/v1/ops/figures", _ => Answer.Json(200, figures));
        shop.Gateway.Ops("GET /api/v1/ops/reconciliation", _ => Answer.Problem(503, "timed_out", "No."));
        var page = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("order-history, reviews, Reconciliation", page.Document.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing waits", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Not available at the moment", "Not available at the moment"], page.Document.QuerySelectorAll("p.muted").Select(part => part.TextContent));
    }

    [Fact]
    public async Task Without_any_figures_the_console_is_still_there()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/figures", _ => Answer.None);
        var page = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Document.QuerySelector("a[href='/en/sagas']"));
        Assert.DoesNotContain("Nothing waits", page.Text, StringComparison.Ordinal);
    }

    private async Task<Browser> SignedInAsync()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        await browser.SignInAsync();
        return browser;
    }
}
