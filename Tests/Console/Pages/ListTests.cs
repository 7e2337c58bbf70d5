using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Pages;

/// <summary>Lists and the pages of single things.</summary>
public sealed class ListTests(RunningConsole shop)
{
    [Theory]
    [InlineData("/sagas?state=overdue", "/api/v1/ops/sagas", "?state=overdue")]
    [InlineData("/sagas?state=overdue&pageToken=abc", "/api/v1/ops/sagas", "?state=overdue&pageToken=abc")]
    [InlineData("/sagas?state=nonsense", "/api/v1/ops/sagas", "")]
    [InlineData("/shipments?state=created", "/api/v1/ops/shipments", "?state=created")]
    [InlineData("/orders?status=confirmed&memberId=m", "/api/v1/ops/orders", "?status=confirmed&memberId=m")]
    [InlineData("/dead-letters?pageToken=abc", "/api/v1/ops/dead-letters", "?pageToken=abc")]
    [InlineData("/products?query=mouse", "/api/v1/products", "?query=mouse")]
    public async Task A_view_is_in_its_address(string path, string asked, string query)
    {
        var browser = await SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).Status);
        Assert.Equal(query, shop.Gateway.Calls.Last(call => call.Path == asked).Query);
    }

    [Fact]
    public async Task The_next_page_keeps_the_filter_and_the_chosen_one_is_marked()
    {
        var page = await (await SignedInAsync()).GetAsync("/sagas?state=overdue");
        Assert.Equal("/en/sagas?state=overdue&pageToken=next", page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("Overdue", Assert.Single(page.Document.QuerySelectorAll(".sort a[aria-current]")).TextContent);
        Assert.Equal("Sagas", Assert.Single(page.Document.QuerySelectorAll(".categories a[aria-current]")).TextContent);
    }

    [Fact]
    public async Task A_saga_shows_every_attempt_and_its_trace_in_the_dashboard()
    {
        var page = await (await SignedInAsync()).GetAsync($"/sagas/{StandInGateway.Saga}");
        var rows = page.Document.QuerySelectorAll("tbody tr");
        Assert.Equal(2, rows.Length);
        Assert.All(["authorise payment", "7", "failed", "3,000 ms", "Keyboard"], text => Assert.Contains(text, rows[1].TextContent, StringComparison.Ordinal));
        Assert.Equal($"http://dashboard.test:5300/traces/detail/{StandInGateway.Trace}", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Null(rows[1].QuerySelector("a"));
    }

    [Fact]
    public async Task A_saga_that_has_ended_offers_nothing()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/sagas/*", _ => Answer.Json(200, new { id = StandInGateway.Saga, type = "checkout", state = "completed", step = (string?)null, attempts = 0, startedAt = "2026-11-20T10:00:00Z", deadline = (string?)null, dueAt = (string?)null, steps = Array.Empty<object>() }));
        Assert.Empty((await browser.GetAsync($"/sagas/{StandInGateway.Saga}")).Document.QuerySelectorAll("main a.button"));
    }

    [Fact]
    public async Task The_other_language_shows_a_list_from_its_beginning()
    {
        var page = await (await SignedInAsync()).GetAsync("/products?query=mouse&pageToken=abc");
        Assert.Equal("/ko/products?query=mouse", page.Document.QuerySelector("a[hreflang=ko]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Services_whose_dead_letters_are_missing_are_named()
    {
        var page = await (await SignedInAsync()).GetAsync("/dead-letters");
        Assert.Contains("missing: reviews", page.Document.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("confirmed", true)]
    [InlineData("dispatched", true)]
    [InlineData("delivered", true)]
    [InlineData("pending", false)]
    [InlineData("cancelling", false)]
    [InlineData("cancelled", false)]
    public async Task An_order_has_its_payment_and_shipment_and_can_be_refunded_once_it_is_confirmed(string status, bool canBeRefunded)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/orders", _ => Answer.Json(200, new { items = new[] { shop.Gateway.OrderBody(StandInGateway.Order, status) } }));
        var page = await browser.GetAsync($"/orders/{StandInGateway.Order}?memberId={StandInGateway.Member}");
        Assert.Contains($"memberId={StandInGateway.Member}", shop.Gateway.Calls[^1].Query, StringComparison.Ordinal);
        Assert.All(["Captured", "₩259,800", "Dispatched"], text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
        Assert.Equal(canBeRefunded, page.Document.QuerySelector("a[href*='/refund?']") is not null);
        Assert.NotNull(page.Document.QuerySelector($"a[href*='/shipments/{StandInGateway.Shipment}/deliver']"));
    }

    [Fact]
    public async Task An_order_that_is_not_among_the_newest_is_asked_for_with_its_member()
    {
        var page = await (await SignedInAsync()).GetAsync("/orders/0198d0a6-de79-72fa-805d-cabbc9980000");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotNull(page.Document.QuerySelector("input[name=memberId]"));
    }

    [Fact]
    public async Task A_member_id_that_is_none_is_an_error_of_its_field()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/orders", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["memberId"] = ["must be a UUID"] }));
        var page = await browser.GetAsync("/orders?memberId=nobody");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal("#f-memberId", page.Document.QuerySelector("[role=alert] a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData(503, HttpStatusCode.ServiceUnavailable)]
    [InlineData(429, HttpStatusCode.TooManyRequests)]
    [InlineData(500, HttpStatusCode.InternalServerError)]
    [InlineData(404, HttpStatusCode.NotFound)]
    public async Task An_error_is_a_page_with_a_way_on(int status, HttpStatusCode shown)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/sagas/*", _ => Answer.Problem(status, null, "x"));
        var page = await browser.GetAsync($"/sagas/{StandInGateway.Saga}");
        Assert.Equal(shown, page.Status);
        Assert.NotNull(page.Document.QuerySelector("main a[href='/en']"));
    }

    private async Task<Browser> SignedInAsync()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        await browser.SignInAsync();
        return browser;
    }
}
