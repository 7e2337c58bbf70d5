using System.Net;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

public sealed class OrderTests(RunningStorefront shop)
{
    private static readonly string Id = Guid.CreateVersion7().ToString();

    [Theory]
    [InlineData("pending", null, true, true)]
    [InlineData("confirmed", null, true, true)]
    [InlineData("dispatched", null, true, false)]
    [InlineData("delivered", null, false, false)]
    [InlineData("rejected", "out_of_stock", false, false)]
    [InlineData("cancelled", "cancelled_by_member", false, false)]
    public async Task An_order_is_watched_until_it_has_ended_and_cancelled_until_its_parcel_leaves(string status, string? reason, bool isWatched, bool canBeCancelled)
    {
        var page = await ShowAsync(status, reason);
        Assert.Equal(isWatched, page.Html.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal));
        Assert.Equal(isWatched, page.Document.QuerySelector("order-live[data-final]") is null);
        Assert.Equal(canBeCancelled, page.Document.QuerySelector($"form[action='/ko/orders/{Id}/cancel']") is not null);
    }

    [Fact]
    public async Task A_rejected_order_says_why_and_what_to_do()
    {
        var page = await ShowAsync("rejected", "insufficient_funds");
        Assert.Contains("잔액이 부족합니다", page.Text, StringComparison.Ordinal);
        Assert.Contains("다른 결제 수단", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_one_request_with_the_forms_key()
    {
        var browser = await SignedInAsync("confirmed");
        shop.Gateway.On("POST /api/v1/orders/*/cancel", _ => Answer.Json(202, new { orderId = Id, status = "cancelling" }));
        var page = await browser.GetAsync($"/orders/{Id}");
        await browser.SubmitAsync(page, $"/orders/{Id}/cancel", ("reason", "마음이 바뀜"));
        await browser.SubmitAsync(page, $"/orders/{Id}/cancel", ("reason", "마음이 바뀜"));

        var calls = shop.Gateway.Calls.Where(call => call.Path.EndsWith("/cancel", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, calls.Count);
        Assert.Single(calls.Select(call => call.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal("마음이 바뀜", calls[0].Json.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_order_that_cannot_be_cancelled_any_more_says_so()
    {
        var browser = await SignedInAsync("confirmed");
        shop.Gateway.On("POST /api/v1/orders/*/cancel", _ => Answer.Problem(409, "already_dispatched", "Gone."));
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync($"/orders/{Id}"), $"/orders/{Id}/cancel"));
        Assert.Contains("이미 발송되어 취소할 수 없습니다", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_begins_at_once_and_is_passed_on_with_the_last_id()
    {
        var browser = await SignedInAsync("pending");
        shop.Gateway.On("GET /api/v1/orders/*/events", _ => new Answer(200, "event: status\nid: 7\ndata: {\"status\":\"confirmed\"}\n\n", "text/event-stream"));
        var answer = await browser.SendAsync(new(HttpMethod.Get, $"/ko/orders/{Id}/events") { Headers = { { "Last-Event-ID", "6" }, { "Accept-Encoding", "gzip" } } });

        Assert.StartsWith(":", answer.Html, StringComparison.Ordinal);
        Assert.Contains("id: 7", answer.Html, StringComparison.Ordinal);
        Assert.Equal(("no", "text/event-stream", null), (answer.Header("X-Accel-Buffering"), answer.Header("Content-Type"), answer.Header("Content-Encoding")));
        Assert.Equal("6", shop.Gateway.Calls[^1].Headers["Last-Event-ID"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_may_be_older_than_the_last_answer_says_so(bool mayBeOlder)
    {
        shop.Gateway.Reset();
        var id = Guid.CreateVersion7().ToString();
        var order = StandInGateway.Order(id, "confirmed");
        order["unavailable"] = new System.Text.Json.Nodes.JsonArray(mayBeOlder ? ["order"] : []);
        shop.Gateway.On("GET /api/v1/orders/*", _ => Answer.Json(200, order));
        var browser = shop.Browser("en");
        await browser.SignInAsync();

        Assert.Equal(mayBeOlder, (await browser.GetAsync($"/orders/{id}")).Text.Contains("may be further than shown here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_members_order_is_not_found()
    {
        var browser = await SignedInAsync("pending");
        shop.Gateway.On("GET /api/v1/orders/*", _ => Answer.Problem(404, null, "Not found."));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/orders/{Guid.CreateVersion7()}")).Status);
    }

    private async Task<Shown> ShowAsync(string status, string? reason) => await (await SignedInAsync(status, reason)).GetAsync($"/orders/{Id}");

    private async Task<Browser> SignedInAsync(string status, string? reason = null)
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/orders/*", StandInGateway.Order(Id, status, reason));
        var browser = shop.Browser();
        await browser.SignInAsync();
        return browser;
    }
}
