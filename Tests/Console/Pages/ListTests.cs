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
    [InlineData($"/sagas?state=running&orderId=%20{StandInGateway.Order}&pageToken=abc", "/api/v1/ops/sagas", $"?state=running&orderId={StandInGateway.Order}&pageToken=abc")]
    [InlineData("/missed-messages?day=2026-11-18", "/api/v1/ops/missed-messages", "?day=2026-11-18")]
    [InlineData("/missed-messages?day=yesterday", "/api/v1/ops/missed-messages", "")]
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
        Assert.All(["Authorise payment", "7", "Failed: not known whether it was done", "3,000 ms", "Keyboard"], text => Assert.Contains(text, rows[1].TextContent, StringComparison.Ordinal));
        Assert.Equal($"http://dashboard.test:5300/traces/detail/{StandInGateway.Trace}", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Null(rows[1].QuerySelector("a"));
        Assert.NotNull(page.Document.QuerySelector($"dd a[href='/en/orders/{StandInGateway.Order}']"));
    }

    [Fact]
    public async Task A_saga_that_has_ended_offers_nothing()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/sagas/*", _ => Answer.Json(200, new { id = StandInGateway.Saga, type = "CheckoutSaga", state = "completed", step = (string?)null, attempts = 0, startedAt = "2026-11-20T10:00:00Z", deadline = (string?)null, dueAt = (string?)null, steps = Array.Empty<object>() }));
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
        shop.Gateway.Ops("GET /api/v1/ops/orders/*", _ => Answer.Json(200, shop.Gateway.OrderBody(StandInGateway.Order, status)));
        var page = await browser.GetAsync($"/orders/{StandInGateway.Order}");
        Assert.All(["Captured", "₩259,800", "Dispatched"], text => Assert.Contains(text, page.Text, StringComparison.Ordinal));
        Assert.Equal(canBeRefunded, page.Document.QuerySelector("a[href*='/refund?']") is not null);
        Assert.NotNull(page.Document.QuerySelector($"a[href*='/shipments/{StandInGateway.Shipment}/deliver']"));
    }

    [Theory]
    [InlineData(404, HttpStatusCode.NotFound)]
    [InlineData(503, HttpStatusCode.ServiceUnavailable)]
    public async Task An_order_that_does_not_exist_is_not_found_and_without_the_history_none_is_called_so(int answered, HttpStatusCode status)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/orders/*", _ => Answer.Problem(answered, null, "x"));
        var page = await browser.GetAsync($"/orders/{StandInGateway.Order}");
        Assert.Equal((status, status == HttpStatusCode.NotFound), (page.Status, page.Text.Contains("This order was not found", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_order_leads_to_its_sagas()
    {
        var browser = await SignedInAsync();
        var page = await browser.GetAsync($"/orders/{StandInGateway.Order}");
        var link = Assert.Single(page.Document.QuerySelectorAll($"a[href='/en/sagas/{StandInGateway.Saga}']"));
        Assert.Equal("Checkout", link.TextContent.Trim());
        Assert.Equal($"?orderId={StandInGateway.Order}", shop.Gateway.Calls.Last(call => call.Path == "/api/v1/ops/sagas").Query);
        Assert.Contains("A saga that has ended is deleted after 30 days", page.Text, StringComparison.Ordinal);

        shop.Gateway.Ops("GET /api/v1/ops/sagas", _ => Answer.Problem(503, "timed_out", "No."));
        page = await browser.GetAsync($"/orders/{StandInGateway.Order}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Not available at the moment", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_words_and_one_that_is_not_known_is_shown_as_it_is()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Text = "payment_declined";
        var order = (await browser.GetAsync($"/orders/{StandInGateway.Order}")).Document;
        Assert.Contains(order.QuerySelectorAll(".facts dd"), fact => fact.TextContent.Trim() == "Payment declined");
        Assert.Equal("payment_declined", order.QuerySelector(".timeline code")!.TextContent);
        Assert.Equal("Payment declined", (await browser.GetAsync($"/sagas/{StandInGateway.Saga}")).Document.QuerySelectorAll("td.text")[1].TextContent);

        shop.Gateway.Text = "placed";
        Assert.EndsWith("Placed", (await browser.GetAsync($"/orders/{StandInGateway.Order}")).Document.QuerySelector(".timeline li")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("Not enough stock", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_comparison_of_a_day_says_which_handlers_have_missed_events()
    {
        var browser = await SignedInAsync();
        var page = (await browser.GetAsync("/missed-messages")).Document;
        Assert.Equal("2026-11-19", page.QuerySelector("#f-day")!.GetAttribute("value"));
        Assert.Equal(["Missed", "Not published yet", "Complete"], page.QuerySelectorAll("tbody .badge").Select(badge => badge.LastChild!.TextContent.Trim()));
        Assert.Contains("missing: reviews", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".categories a[href='/en/missed-messages'][aria-current]"));

        Assert.Contains("have not compared this day, so nobody knows whether their handlers have missed something: coupons", (await browser.GetAsync("/missed-messages")).Text, StringComparison.Ordinal);

        Complete();
        Assert.Contains("There is no difference.", (await browser.GetAsync("/missed-messages")).Text, StringComparison.Ordinal);
        // Only if everything is known.
        Complete("coupons");
        Assert.DoesNotContain("There is no difference.", (await browser.GetAsync("/missed-messages")).Text, StringComparison.Ordinal);
        shop.Gateway.Ops("GET /api/v1/ops/missed-messages", _ => Answer.Json(200, new { day = "2026-11-19", items = Array.Empty<object>(), unavailable = Array.Empty<string>(), notCompared = new[] { "catalog" } }));
        var none = (await browser.GetAsync("/missed-messages")).Text;
        Assert.Contains("This day has not been compared", none, StringComparison.Ordinal);
        Assert.DoesNotContain("There is no difference.", none, StringComparison.Ordinal);

        void Complete(params string[] notCompared) => shop.Gateway.Ops("GET /api/v1/ops/missed-messages",
            _ => Answer.Json(200, new { day = "2026-11-19", items = new[] { shop.Gateway.ComparedBody("follow-stock") }, unavailable = Array.Empty<string>(), notCompared }));
    }

    [Theory]
    [InlineData("2026-11-20T10:00:00Z", true)]
    [InlineData(null, false)]
    public async Task The_reconciliation_says_that_there_is_no_difference_only_after_a_comparison(string? at, bool isCompared)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/reconciliation", _ => Answer.Json(200, new { at, compared = 0, differences = Array.Empty<object>() }));
        var page = await browser.GetAsync("/reconciliation");

        Assert.Equal((isCompared, !isCompared), (page.Text.Contains("There is no difference", StringComparison.Ordinal), page.Text.Contains("have not been compared with the provider's ledger yet", StringComparison.Ordinal)));
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
    [InlineData(StandInGateway.Order)]
    [InlineData($" {StandInGateway.Order}\n")]
    [InlineData($"{{{StandInGateway.Order}}}")]
    [InlineData("0198D0A6DE7972FA805DCABBC9989003")]
    public async Task A_number_leads_to_its_order(string typed)
    {
        var browser = await SignedInAsync();
        var before = shop.Gateway.Calls.Count;
        var answer = await browser.GetAsync($"/orders?orderId={Uri.EscapeDataString(typed)}&status=confirmed");

        Assert.Equal((HttpStatusCode.SeeOther, $"/en/orders/{StandInGateway.Order}"), (answer.Status, answer.Location));
        Assert.DoesNotContain(shop.Gateway.Calls.Skip(before), call => call.Path.Contains("orders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_of_no_order_leads_to_a_page_that_says_so()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/orders/*", _ => Answer.Problem(404, null, "x"));
        var page = await browser.FollowAsync(await browser.GetAsync($"/orders?orderId={StandInGateway.Saga}"));
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("This order was not found", page.Text, StringComparison.Ordinal);
        Assert.Contains(StandInGateway.Saga, page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/sagas")]
    public async Task An_order_number_that_is_none_is_an_error_of_its_field_and_stays_there(string list)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/sagas", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["orderId"] = ["must be a UUID"] }));
        var page = await browser.GetAsync($"{list}?orderId=%3Cb%3E12345");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#f-orderId"), (page.Status, page.Document.QuerySelector("[role=alert] a")!.GetAttribute("href")));
        var field = page.Document.QuerySelector("#f-orderId")!;
        Assert.Equal(("<b>12345", "true"), (field.GetAttribute("value"), field.GetAttribute("aria-invalid")));
        Assert.Equal("An order's number looks like 0198d0a6-de79-72fa-805d-cabbc9989ab7.", page.Document.GetElementById(field.GetAttribute("aria-describedby")!)!.TextContent);
        Assert.DoesNotContain("There is nothing here", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sagas_of_an_order_stay_so_on_the_next_page_and_in_another_state()
    {
        var page = (await (await SignedInAsync()).GetAsync($"/sagas?state=overdue&orderId={StandInGateway.Order}")).Document;
        Assert.Equal($"/en/sagas?state=overdue&orderId={StandInGateway.Order}&pageToken=next", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Contains(page.QuerySelectorAll(".sort a"), link => link.GetAttribute("href") == $"/en/sagas?orderId={StandInGateway.Order}&state=running");
        Assert.Equal((StandInGateway.Order, "overdue"), (page.QuerySelector("form.filter [name=orderId]")!.GetAttribute("value"), page.QuerySelector("form.filter [name=state]")!.GetAttribute("value")));
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
