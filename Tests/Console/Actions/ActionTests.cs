using System.Net;
using System.Text.Json;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Actions;

/// <summary>Each action: its confirmation, its call with its reason exactly once, and its result on the page that it came from.</summary>
public sealed class ActionTests(RunningConsole shop)
{
    /// <summary>The console's path, the API's call, the longest reason (0: none), and what the result says.</summary>
    public static TheoryData<string, string, int, string> Every() => new()
    {
        { $"/sagas/{StandInGateway.Saga}/retry", $"POST /sagas/{StandInGateway.Saga}/retry", 0, "the step is being tried" },
        { $"/sagas/{StandInGateway.Saga}/compensate", $"POST /sagas/{StandInGateway.Saga}/compensate", 500, "the saga compensates" },
        { $"/dead-letters/{StandInGateway.Letter}/replay", $"POST /dead-letters/{StandInGateway.Letter}/replay", 0, "Events handled: 3" },
        { $"/dead-letters/{StandInGateway.Letter}/discard", $"POST /dead-letters/{StandInGateway.Letter}/discard", 500, "The event is discarded" },
        { "/dead-letters/replay?service=catalog&key=k", "POST /dead-letters/replay", 0, "Events to be handled again: 17" },
        { $"/orders/{StandInGateway.Order}/refund", $"POST /orders/{StandInGateway.Order}/refund", 500, "being cancelled and refunded" },
        { $"/shipments/{StandInGateway.Shipment}/dispatch", $"POST /shipments/{StandInGateway.Shipment}/dispatch", 0, "The shipment is dispatched" },
        { $"/shipments/{StandInGateway.Shipment}/deliver", $"POST /shipments/{StandInGateway.Shipment}/deliver", 0, "The shipment is delivered" },
        { $"/shipments/{StandInGateway.Shipment}/fail", $"POST /shipments/{StandInGateway.Shipment}/fail", 200, "The delivery has failed" },
        { $"/products/{StandInGateway.Product}/discontinue", $"POST /products/{StandInGateway.Product}/discontinue", 0, "no longer sold" },
        { "/order-history/rebuild", "POST /order-history/rebuild", 0, "the rebuild is running" },
        { "/order-history/rebuild/cancel", "DELETE /order-history/rebuild", 0, "The rebuild is cancelled" },
    };

    [Fact]
    public void Every_action_of_the_console_is_looked_at()
    {
        string[] others = ["/sign-in", "/sign-out", "/products/new", $"/products/{StandInGateway.Product}", $"/products/{StandInGateway.Product}/stock", "/products/import"];
        Assert.Equal(ConsolePaths.Forms(shop).Except(others).Order(), Every().Select(row => row.Data.Item1.Split('?')[0]).Order());
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task An_action_is_confirmed_sent_once_and_shows_its_result(string path, string call, int longestReason, string result)
    {
        var browser = await SignedInAsync();
        var page = await browser.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}back=%2Fproducts");
        Assert.Empty(shop.Gateway.Writes);
        var field = page.Document.QuerySelector("input[name=reason]");
        Assert.Equal(longestReason == 0 ? null : $"{longestReason}", field?.GetAttribute("maxlength"));

        (string, string)[] reason = longestReason == 0 ? [] : [("reason", "the supplier has recalled it")];
        var answers = await Task.WhenAll(browser.SubmitAsync(page, path.Split('?')[0], reason), browser.AtOtherReplica.SubmitAsync(page, path.Split('?')[0], reason));
        var again = await browser.SubmitAsync(page, path.Split('?')[0], reason);

        Assert.All([.. answers, again], answer => Assert.Matches("^/en/products\\?result=[0-9a-f-]{36}$", answer.Location));
        var sent = Assert.Single(shop.Gateway.Writes);
        Assert.Equal(OfApi(call), $"{sent.Method} {sent.Path}");
        if (longestReason > 0)
            Assert.Equal("the supplier has recalled it", sent.Json.GetProperty("reason").GetString());
        var shown = await browser.AtOtherReplica.FollowAsync(again);
        Assert.Contains(result, shown.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task An_action_that_is_refused_or_not_answered_says_so(string path, string call, int longestReason, string result)
    {
        var browser = await SignedInAsync();
        foreach (var (status, reason, text) in new[] { (409, "saga_past_pivot", "has passed its pivot"), (404, null, "It does not exist"), (422, "something_new", "has refused this"), (503, "timed_out", "not known whether this was done"), (0, null, "not known whether this was done") })
        {
            shop.Gateway.Ops(OfApi(call), _ => status == 0 ? Answer.None : Answer.Problem(status, reason, "No."));
            var page = await browser.GetAsync(path);
            var shown = await browser.FollowAsync(await browser.SubmitAsync(page, path.Split('?')[0], ("reason", longestReason == 0 ? "" : "x")));
            Assert.Contains(text, shown.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain(result, shown.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reason_that_the_api_refuses_is_asked_for_again_and_what_was_typed_stays()
    {
        var browser = await SignedInAsync();
        var path = $"/sagas/{StandInGateway.Saga}/compensate";
        shop.Gateway.Ops("POST /api/v1/ops/sagas/*/compensate", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["reason"] = ["is too long"] }));
        var refused = await browser.SubmitAsync(await browser.GetAsync(path), path, ("reason", "as typed"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("#f-reason", refused.Document.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.Equal("as typed", refused.Document.QuerySelector("input[name=reason]")!.GetAttribute("value"));

        shop.Gateway.Ops("POST /api/v1/ops/sagas/*/compensate", _ => new Answer(202, ""));
        var shown = await browser.FollowAsync(await browser.SubmitAsync(refused, path, ("reason", "shorter")));
        Assert.NotNull(shown.Document.QuerySelector("[role=status]"));
    }

    [Fact]
    public async Task An_action_that_is_still_running_is_not_sent_again()
    {
        var browser = await SignedInAsync();
        using var gate = new ManualResetEventSlim();
        shop.Gateway.Ops("POST /api/v1/ops/sagas/*/retry", _ =>
        {
            gate.Wait(TimeSpan.FromSeconds(20));
            return new Answer(202, "");
        });
        var path = $"/sagas/{StandInGateway.Saga}/retry";
        var page = await browser.GetAsync(path);
        var first = Task.Run(() => browser.SubmitAsync(page, path));
        await Eventually.TrueAsync(() => shop.Gateway.Writes.Count == 1, "the first click has reached the gateway");
        var second = await browser.FollowAsync(await browser.AtOtherReplica.SubmitAsync(page, path));
        Assert.Contains("sent already", second.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        gate.Set();

        var shown = await browser.FollowAsync(await first);
        Assert.Contains("the step is being tried", shown.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Single(shop.Gateway.Writes);
    }

    /// <summary>As a double click does: the browser drops the first request when the second one begins.</summary>
    [Fact]
    public async Task An_action_whose_browser_leaves_is_sent_nevertheless_and_its_result_is_kept()
    {
        var browser = await SignedInAsync();
        using var gate = new ManualResetEventSlim();
        shop.Gateway.Ops("POST /api/v1/ops/sagas/*/retry", _ =>
        {
            gate.Wait(TimeSpan.FromSeconds(20));
            return new Answer(202, "");
        });
        var path = $"/sagas/{StandInGateway.Saga}/retry";
        var page = await browser.GetAsync(path);
        using var leaves = new CancellationTokenSource();
        browser.Leaves = leaves.Token;
        var first = Task.Run(() => browser.SubmitAsync(page, path));
        await Eventually.TrueAsync(() => shop.Gateway.Writes.Count == 1, "the first click has reached the gateway");
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Set();

        browser.Leaves = default;
        var second = (await browser.SubmitAsync(page, path)).Location!;
        await Eventually.TrueAsync(async () => (await browser.GetRawAsync(second)).Text.Contains("the step is being tried", StringComparison.Ordinal), "the result is shown");
        Assert.Single(shop.Gateway.Writes);
    }

    [Fact]
    public async Task A_form_is_sent_once_also_after_many_others()
    {
        var browser = await SignedInAsync();
        var path = $"/sagas/{StandInGateway.Saga}/retry";
        var first = await browser.GetAsync(path);
        await browser.SubmitAsync(first, path);
        for (var i = 0; i < 12; i++)
            await browser.SubmitAsync(await browser.GetAsync(path), path);

        await browser.SubmitAsync(first, path);

        Assert.Equal(13, shop.Gateway.Writes.Count);
    }

    [Fact]
    public async Task An_address_cannot_invent_a_result()
    {
        var browser = await SignedInAsync();
        var other = shop.Browser("en");
        await other.SignInAsync();
        var path = $"/sagas/{StandInGateway.Saga}/retry";
        var result = (await other.SubmitAsync(await other.GetAsync(path), path)).Location!;
        Assert.NotNull((await other.GetRawAsync(result)).Document.QuerySelector("[role=status]"));
        Assert.Null((await browser.GetRawAsync(result)).Document.QuerySelector("[role=status]"));
    }

    [Fact]
    public async Task A_refund_has_the_forms_key_and_a_replay_of_many_its_choice()
    {
        var browser = await SignedInAsync();
        var page = await browser.GetAsync($"/orders/{StandInGateway.Order}/refund");
        await browser.SubmitAsync(page, $"/orders/{StandInGateway.Order}/refund", ("reason", "x"));
        Assert.Equal(page.Document.QuerySelector("input[name=form-key]")!.GetAttribute("value"), shop.Gateway.Writes[^1].Headers["Idempotency-Key"]);

        await browser.SubmitAsync(await browser.GetAsync("/dead-letters/replay?service=catalog&consumer=follow-stock"), "/dead-letters/replay");
        var sent = shop.Gateway.Writes[^1].Json;
        Assert.Equal(("catalog", "follow-stock", JsonValueKind.Null), (sent.GetProperty("service").GetString(), sent.GetProperty("consumer").GetString(), sent.GetProperty("key").ValueKind));
    }

    private static string OfApi(string call) => call.Replace(" /", " /api/v1/ops/", StringComparison.Ordinal);

    private async Task<Browser> SignedInAsync()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        await browser.SignInAsync();
        return browser;
    }
}
