using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Pages;

/// <summary>One dead letter, and the list's choice of services.</summary>
public sealed class DeadLetterTests(RunningConsole shop)
{
    private const string Path = $"/dead-letters/{StandInGateway.Letter}";
    private const string Ops = "GET /api/v1/ops/dead-letters/*";

    [Fact]
    public async Task A_dead_letter_is_asked_for_by_its_id_and_says_where_it_came_from()
    {
        var browser = await SignedInAsync();
        var before = shop.Gateway.Calls.Count;

        var page = await browser.GetAsync(Path);

        Assert.Equal([$"/api/v1/ops{Path}"], shop.Gateway.Calls.Skip(before).Select(call => call.Path).Where(path => path.Contains("dead-letters", StringComparison.Ordinal)));
        Assert.Equal("Keyboard stock 3 42", string.Join(' ', new[] { "Published by", "Topic", "Partition", "Offset" }.Select(name => Fact(page, name))));
        Assert.Contains("Parked", page.Document.QuerySelector("main .badge")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_at_the_end_of_all_times_is_shown()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops(Ops, _ => Answer.Json(200, shop.Gateway.LetterDetails(new { }, parkedAt: "9999-12-31T23:59:59.9999999Z")));

        Assert.Contains("9999", (await browser.GetAsync(Path)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, HttpStatusCode.ServiceUnavailable)]
    [InlineData(404, HttpStatusCode.NotFound)]
    public async Task A_dead_letter_that_may_be_one_of_an_unavailable_service_is_not_called_unknown(int status, HttpStatusCode shown)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops(Ops, _ => Answer.Problem(status, null, "x"));

        Assert.Equal(shown, (await browser.GetAsync(Path)).Status);
        // An operator may have to act just because a part of the shop does not answer.
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{Path}/discard")).Status);
    }

    [Fact]
    public async Task A_payload_is_indented_text_in_a_part_that_keyboards_can_scroll()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops(Ops, _ => Answer.Json(200, shop.Gateway.LetterDetails(new { name = "</pre><script>alert(1)</script>주문&amp;", deep = new { list = new[] { 1, 2 } } })));

        var page = await browser.GetAsync(Path);

        Assert.Equal("""
            {
              "name": "</pre><script>alert(1)</script>주문&amp;",
              "deep": {
                "list": [
                  1,
                  2
                ]
              }
            }
            """.ReplaceLineEndings("\n"), page.Document.QuerySelector("[role=region][tabindex='0'][aria-label=Payload] > pre")!.TextContent.ReplaceLineEndings("\n"));
        Assert.DoesNotContain(page.Document.Scripts, script => script.Text.Contains("alert", StringComparison.Ordinal));
        Assert.Contains("1,234 bytes", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Base64", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CsgBAg==", "cannot be read")]
    [InlineData(null, "too long to be shown")]
    public async Task A_payload_that_cannot_be_read_is_Base64_with_a_sentence(string? base64, string sentence)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops(Ops, _ => Answer.Json(200, shop.Gateway.LetterDetails(payload: null, base64)));

        var page = await browser.GetAsync(Path);

        Assert.Equal(base64, page.Document.QuerySelector("[role=region] > pre")?.TextContent);
        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_with_fields_that_the_service_does_not_know_is_shown_both_ways()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops(Ops, _ => Answer.Json(200, shop.Gateway.LetterDetails(new { orderId = "" }, "CsgBAg==")));

        var page = await browser.GetAsync(Path);

        Assert.Equal(["{\n  \"orderId\": \"\"\n}", "CsgBAg=="], page.Document.QuerySelectorAll("[role=region] > pre").Select(part => part.TextContent.ReplaceLineEndings("\n")));
        Assert.Contains("It has fields that the service does not know", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parked", 3, "", "", "replays or discards it")]
    [InlineData("replayed", 0, StandInGateway.Member, "", "its handler has handled it")]
    [InlineData("discarded", 0, StandInGateway.Member, "Keyboard", "It is never handled")]
    public async Task Only_a_parked_one_can_be_acted_on_and_a_resolved_one_says_by_whom_and_why(string status, int actions, string by, string why, string sentence)
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops(Ops, _ => Answer.Json(200, shop.Gateway.LetterDetails(new { }, status: status)));

        var page = await browser.GetAsync(Path);

        Assert.Equal(actions, page.Document.QuerySelectorAll("main a.button").Length);
        Assert.Equal((by, why, by.Length > 0), (Fact(page, "By (member id)"), Fact(page, "Why"), Fact(page, "When").Length > 0));
        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_a_service_can_be_replayed_also_of_one_whose_letters_are_on_another_page()
    {
        var page = await (await SignedInAsync()).GetAsync("/dead-letters");

        Assert.Equal(["catalog", "ordering", "reviews"], page.Document.QuerySelectorAll("select[name=service] option").Select(option => option.TextContent));
        Assert.Equal("catalog", Assert.Single(page.Document.QuerySelectorAll("select[name=service] option[selected]")).TextContent);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(422)]
    [InlineData(503)]
    public async Task The_result_of_a_discard_leads_to_the_letter_that_the_list_may_no_longer_have(int status)
    {
        var browser = await SignedInAsync();
        if (status != 204)
            shop.Gateway.Ops("POST /api/v1/ops/dead-letters/*/discard", _ => Answer.Problem(status, "dead_letter_resolved", "x"));

        var shown = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync($"{Path}/discard?back=%2Fdead-letters"), $"{Path}/discard", ("reason", "x")));

        Assert.Equal($"/en{Path}", shown.Document.QuerySelector("[role=status] a, [role=alert] a")!.GetAttribute("href"));
    }

    /// <summary>As after a console that died in between: whether it was done can be seen at the letter.</summary>
    [Fact]
    public async Task The_result_of_a_discard_that_has_not_ended_leads_to_the_letter_too()
    {
        var browser = await SignedInAsync();
        using var gate = new ManualResetEventSlim();
        shop.Gateway.Ops("POST /api/v1/ops/dead-letters/*/discard", _ =>
        {
            gate.Wait(TimeSpan.FromSeconds(20));
            return new Answer(204, "");
        });
        var page = await browser.GetAsync($"{Path}/discard?back=%2Fdead-letters");
        var first = Task.Run(() => browser.SubmitAsync(page, $"{Path}/discard", ("reason", "x")));
        await Eventually.TrueAsync(() => shop.Gateway.Writes.Count == 1, "the first click has reached the gateway");

        var shown = await browser.FollowAsync(await browser.AtOtherReplica.SubmitAsync(page, $"{Path}/discard", ("reason", "x")));

        Assert.Equal($"/en{Path}", shown.Document.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        gate.Set();
        await first;
    }

    /// <returns>Empty: the page does not have it.</returns>
    private static string Fact(Shown page, string name) => page.Document.QuerySelectorAll("dl.facts dt").FirstOrDefault(term => term.TextContent == name)?.NextElementSibling!.TextContent.Trim() ?? "";

    private async Task<Browser> SignedInAsync()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser("en");
        await browser.SignInAsync();
        return browser;
    }
}
