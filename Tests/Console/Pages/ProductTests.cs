using System.Globalization;
using System.Net;
using System.Text.Json;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Pages;

public sealed class ProductTests(RunningConsole shop)
{
    private static readonly string Path = $"/products/{StandInGateway.Product}";

    [Fact]
    public async Task Only_what_was_changed_here_is_sent()
    {
        var browser = await SignedInAsync();
        var page = await browser.GetAsync(Path);
        var shown = await browser.FollowAsync(await browser.SubmitAsync(page, Path, [.. Fields(page, ("price.amount", "119900"))]));

        var sent = Assert.Single(shop.Gateway.Writes);
        Assert.Equal($"PATCH /api/v1/ops{Path}", $"{sent.Method} {sent.Path}");
        Assert.Equal("""{"price":{"amount":119900,"currency":"KRW"}}""", sent.Body);
        Assert.Contains("The changes are saved", shown.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_sent_in_both_languages_as_they_were_read()
    {
        var browser = await SignedInAsync();
        var page = await browser.GetAsync(Path);
        Assert.Equal(("Keyboard ko", "Keyboard en"), (Value(page, "name.ko"), Value(page, "name.en")));
        await browser.SubmitAsync(page, Path, [.. Fields(page, ("name.en", "Keys"))]);
        Assert.Equal("""{"name":{"ko":"Keyboard ko","en":"Keys"}}""", Assert.Single(shop.Gateway.Writes).Body);
    }

    [Fact]
    public async Task A_new_product_is_created_once_and_shown()
    {
        var browser = await SignedInAsync();
        var page = await browser.GetAsync("/products/new");
        (string, string)[] fields = [("name.ko", "키보드"), ("name.en", "Keyboard"), ("description.ko", "가\r\n나"), ("description.en", "a"), ("categoryId", "keyboards"), ("price.amount", "1000"), ("imageUrl", "")];
        var answers = await Task.WhenAll(browser.SubmitAsync(page, "/products/new", fields), browser.AtOtherReplica.SubmitAsync(page, "/products/new", fields));

        var sent = Assert.Single(shop.Gateway.Writes).Json;
        Assert.Equal(("가\n나", 1000, false), (sent.GetProperty("description").GetProperty("ko").GetString(), sent.GetProperty("price").GetProperty("amount").GetInt32(), sent.TryGetProperty("imageUrl", out _)));
        Assert.Contains(answers, answer => answer.Location!.StartsWith($"/en{Path}?result=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_fields_are_named_together_and_what_was_typed_stays()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("POST /api/v1/ops/products", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["name.ko"] = ["is empty"], ["price.amount"] = ["must be a whole number"] }));
        var page = await browser.SubmitAsync(await browser.GetAsync("/products/new"), "/products/new", ("name.ko", ""), ("name.en", "Typed"), ("price.amount", "cheap"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["#f-name.ko", "#f-price.amount"], page.Document.QuerySelectorAll("[role=alert] a").Select(link => link.GetAttribute("href")));
        Assert.Equal(("Typed", "cheap"), (Value(page, "name.en"), Value(page, "price.amount")));
        Assert.Equal(JsonValueKind.String, shop.Gateway.Writes[^1].Json.GetProperty("price").GetProperty("amount").ValueKind);
    }

    [Fact]
    public async Task Stock_is_set_only_if_it_is_the_stock_that_was_shown()
    {
        var browser = await SignedInAsync();
        var page = await browser.GetAsync(Path);
        var shown = await browser.FollowAsync(await browser.SubmitAsync(page, $"{Path}/stock", ("onHand", "55")));
        var sent = Assert.Single(shop.Gateway.Writes);
        Assert.Equal(("PUT", $"/api/v1/ops/stock/{StandInGateway.Product}", "\"7\"", 55), (sent.Method, sent.Path, sent.Headers["If-Match"], sent.Json.GetProperty("onHand").GetInt32()));
        Assert.Contains("Stock on hand: 55", shown.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);

        shop.Gateway.Ops("PUT /api/v1/ops/stock/*", _ => Answer.Problem(412, "stock_moved", "Moved."));
        var moved = await browser.FollowAsync(await browser.SubmitAsync(shown, $"{Path}/stock", ("onHand", "56")));
        Assert.Contains("The stock has changed since the page was shown", moved.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stock_that_is_no_number_is_an_error_of_its_field()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("PUT /api/v1/ops/stock/*", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["onHand"] = ["must be a whole number"] }));
        var page = await browser.SubmitAsync(await browser.GetAsync(Path), $"{Path}/stock", ("onHand", "many"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "#f-onHand"), (page.Status, page.Document.QuerySelector("[role=alert] a")!.GetAttribute("href")));
        Assert.Equal("many", Value(page, "onHand"));
    }

    [Fact]
    public async Task Stock_below_what_is_reserved_is_an_error_of_its_field_and_can_be_corrected()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("PUT /api/v1/ops/stock/*", call => call.Json.GetProperty("onHand").GetInt32() < 3 ? Answer.Problem(422, "below_reserved", "No.") : new Answer(204, ""));
        var refused = await browser.SubmitAsync(await browser.GetAsync(Path), $"{Path}/stock", ("onHand", "2"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "2"), (refused.Status, Value(refused, "onHand")));
        var field = refused.Document.QuerySelector("#f-onHand")!;
        Assert.Contains("f-onHand-error", field.GetAttribute("aria-describedby")!, StringComparison.Ordinal);
        Assert.Equal("Orders have reserved more than that.", refused.Document.QuerySelector("#f-onHand-error")!.TextContent);

        var shown = await browser.FollowAsync(await browser.SubmitAsync(refused, $"{Path}/stock", ("onHand", "3")));
        Assert.Contains("Stock on hand: 3", shown.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("low", "Low", "3")]
    [InlineData("sold_out", "Sold out", "0")]
    [InlineData("in_stock", null, "40")]
    public async Task Little_stock_is_said_in_words(string state, string? words, string available)
    {
        var browser = await SignedInAsync();
        shop.Gateway.On("GET /api/v1/products", _ => Answer.Json(200, new { items = new[] { shop.Gateway.ProductBody(stock: state, available: long.Parse(available, CultureInfo.InvariantCulture)) }, nextPageToken = (string?)null }));
        var cell = (await browser.GetAsync("/products")).Document.QuerySelector("tbody td:last-child")!;
        Assert.Equal(words, cell.QuerySelector(".badge")?.LastChild!.TextContent.Trim());
        Assert.EndsWith(available, cell.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_choice_and_a_wrong_file_are_described_by_their_errors()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("POST /api/v1/ops/products", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["categoryId"] = ["is unknown"] }));
        var page = await browser.SubmitAsync(await browser.GetAsync("/products/new"), "/products/new", ("name.ko", "x"));
        Assert.Equal("Choose a category.", Description(page, "f-categoryId"));
        Assert.Equal("비어 있지 않은 파일을 골라 주세요.", Description(await Importing.SendAsync(browser, ""), "f-file"));
        Assert.Null((await browser.GetAsync("/products/new")).Document.QuerySelector("#f-categoryId")!.GetAttribute("aria-describedby"));
        Assert.Null((await browser.GetAsync("/products/import")).Document.QuerySelector("#f-file")!.GetAttribute("aria-describedby"));

        static string Description(Shown page, string field) => page.Document.GetElementById(page.Document.GetElementById(field)!.GetAttribute("aria-describedby")!)!.TextContent;
    }

    [Fact]
    public async Task Without_its_stock_a_product_can_still_be_changed()
    {
        var browser = await SignedInAsync();
        shop.Gateway.Ops("GET /api/v1/ops/stock/*", _ => Answer.Problem(503, "timed_out", "No."));
        var page = await browser.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Not available at the moment", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"form[action='/en{Path}']"));
    }

    [Fact]
    public async Task An_import_shows_its_counts_and_what_is_wrong_with_each_line()
    {
        var browser = await SignedInAsync("ko");
        var page = await browser.FollowAsync(await Importing.SendAsync(browser, "sku,categoryId\nA,B"));
        var sent = Assert.Single(shop.Gateway.Writes);
        Assert.Equal(("POST /api/v1/ops/products/import", "sku,categoryId\nA,B"), ($"{sent.Method} {sent.Path}", sent.Body));

        var notice = page.Document.QuerySelector("[role=status]")!;
        Assert.Contains("추가 2, 변경 1, 그대로 0, 잘못된 줄 1", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal("3번째 줄, price: must be a whole number of won, digits only", Assert.Single(notice.QuerySelectorAll("li")).TextContent);
    }

    [Fact]
    public async Task An_import_that_is_interrupted_says_so_and_how_to_go_on()
    {
        var browser = await SignedInAsync("ko");
        shop.Gateway.Ops("POST /api/v1/ops/products/import", _ => new Answer(200, """{"event":"progress","lines":4,"added":4,"changed":0,"unchanged":0,"bad":0}""", "application/x-ndjson"));
        var page = await browser.FollowAsync(await Importing.SendAsync(browser, "x"));
        Assert.Contains("가져오기가 중단되었습니다", page.Document.QuerySelector("main [role=alert] li")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_none_of_products_is_an_error_of_its_field()
    {
        var browser = await SignedInAsync("ko");
        shop.Gateway.Ops("POST /api/v1/ops/products/import", _ => Answer.Problem(400, null, "x", new Dictionary<string, string[]> { ["sku"] = ["must be a column"], ["price"] = ["must be a column"] }));
        var page = await Importing.SendAsync(browser, "x");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("sku, price", page.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Importing.SendAsync(browser, "")).Status);
    }

    private async Task<Browser> SignedInAsync(string language = "en")
    {
        shop.Gateway.Reset();
        var browser = shop.Browser(language);
        await browser.SignInAsync();
        return browser;
    }

    private static string? Value(Shown page, string field) => page.Document.QuerySelector($"[name='{field}']")!.GetAttribute("value");

    /// <summary>What the form shows, as a browser sends it, with one field changed.</summary>
    private static IEnumerable<(string, string)> Fields(Shown page, (string Name, string Value) changed) =>
        from field in new[] { "name.ko", "name.en", "description.ko", "description.en", "categoryId", "price.amount", "imageUrl" }
        let element = page.Document.QuerySelector($"form [name='{field}']")!
        select (field, field == changed.Name ? changed.Value : field.StartsWith("description", StringComparison.Ordinal) ? element.TextContent : field == "categoryId" ? element.QuerySelector("option[selected]")!.GetAttribute("value")! : element.GetAttribute("value")!);
}
