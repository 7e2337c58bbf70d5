using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Shop.Catalog.V1;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class ProductImportTests
{
    private const string Header = "sku,categoryId,price,name.ko,name.en,description.ko,description.en\n";
    private readonly RunningGateway _gateway;

    public ProductImportTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    private IReadOnlyList<ImportedProduct> Sent => [.. _gateway.Services.Catalog.Calls.All<ImportProductsRequest>().SelectMany(batch => batch.Products)];

    [Theory]
    [InlineData("A1,bags,1000,가방,Bag,좋다,Good", "가방|Bag|좋다|Good")]
    [InlineData("A1,bags,1000,\"가방, 큰 것\",Bag,\"첫째\n둘째\",Good\r\n", "가방, 큰 것|Bag|첫째\n둘째|Good")]
    [InlineData("\"A1\",\"bags\",\"1000\",\"\"\"새\"\" 가방\",\"\"\"\",좋다,27\" screen\n\n", "\"새\" 가방|\"|좋다|27\" screen")]
    [InlineData(" A1 , bags , 1000 , 가방 ,Bag,좋다,Good 🎁\r", " 가방 |Bag|좋다|Good 🎁")]
    public async Task A_line_is_a_product(string line, string texts)
    {
        var report = await ImportAsync(Header + line);

        var product = Assert.Single(Sent);
        Assert.Equal(("A1", "bags", 1_000, "KRW", false), (product.Sku, product.CategoryId, product.Price.Amount, product.Price.Currency, product.HasImageUrl));
        Assert.Equal(texts, $"{product.Name.Ko}|{product.Name.En}|{product.Description.Ko}|{product.Description.En}");
        IsLine(report[^1], """{ "event": "done", "lines": 1, "added": 1, "changed": 0, "unchanged": 0, "bad": 0 }""");
    }

    [Fact]
    public async Task Columns_may_stand_in_any_order_and_others_are_not_looked_at()
    {
        await ImportAsync("Name.KO,imageUrl,note,name.en,description.ko,description.en,PRICE,categoryId,sku\r\n가방,/images/x.svg,\"\u0000\",Bag,a,b,5,bags,A1\r\n");

        Assert.Equal(("가방", "/images/x.svg", 5, "A1"), (Sent[0].Name.Ko, Sent[0].ImageUrl, Sent[0].Price.Amount, Sent[0].Sku));
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_letter()
    {
        await ImportAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Header + Line("A1"))]);

        Assert.Equal("A1", Assert.Single(Sent).Sku);
    }

    [Theory]
    [InlineData("A2,bags,1000,\"never closed,Bag,a,b", "line", "has a quote that is never closed")]
    [InlineData("A2,bags,1000,\"closed\"early,Bag,a,b", "line", "has text behind a closing quote")]
    [InlineData("A2,bags,1000,Bag", "line", "has 4 fields, and the first line has 7")]
    [InlineData("A2,bags,1000,가방,Bag,a,b,c", "line", "has 8 fields, and the first line has 7")]
    [InlineData("A2,bags,12.50,가방,Bag,a,b", "price", "must be a whole number of won, digits only")]
    [InlineData("A2,bags,-1,가방,Bag,a,b", "price", "must be a whole number of won, digits only")]
    [InlineData("A2,bags,99999999999999999999,가방,Bag,a,b", "price", "must be a whole number of won, digits only")]
    [InlineData("A1,bags,1000,가방,Bag,a,b", "sku", "is the one of line 2, too")]
    public async Task A_bad_line_is_told_and_costs_no_other(string bad, string field, string message)
    {
        var report = await ImportAsync($"{Header}{Line("A1")}{bad}\nB1,bags,1000,\"가방\",Bag,a,b\n");

        Assert.Equal(["A1", "B1"], Sent.Select(product => product.Sku));
        IsLine(Assert.Single(report, line => Event(line) == "bad"), $$"""{ "event": "bad", "line": 3, "field": "{{field}}", "message": "{{message}}" }""");
        IsLine(report[^1], """{ "event": "done", "lines": 3, "added": 2, "changed": 0, "unchanged": 0, "bad": 1 }""");
    }

    [Theory]
    [InlineData("a1")]
    [InlineData("Ａ1")]
    [InlineData("A\uFE0F1")]
    public async Task A_sku_that_looks_like_one_above_is_told(string sku)
    {
        var report = await ImportAsync($"{Header}{Line("A1")}{Line(sku)}");

        Assert.Equal(["A1"], Sent.Select(product => product.Sku));
        Assert.Equal("sku", Assert.Single(report, line => Event(line) == "bad")["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("A2,bags,1000,\"never closed,Bag,a,b\nA3,bags,1000,가방,27\",a,b")]       // closed far below by a letter of another product
    [InlineData("A2,bags,1000,\"never closed,Bag,a,b\nA3,bags,1000,\"가방\",\"27\"\"\",a,\"first\nsecond\"")]
    [InlineData("A2,bags,1000,\"never closed,Bag,a,b\n\nA3,bags,1000,가방,\"never closed,a,b\nA4,bags,1000,가방,Bag,a,\"b\"")]
    public async Task A_quote_that_is_never_closed_does_not_swallow_what_stands_below(string lines)
    {
        var report = await ImportAsync($"{Header}{Line("A1")}{lines}\n{Line("B1")}");

        Assert.Equal(["A1", lines.Contains("A4", StringComparison.Ordinal) ? "A4" : "A3", "B1"], Sent.Select(product => product.Sku));
        Assert.All(report.Where(line => Event(line) == "bad"), line => Assert.Equal("has a quote that is never closed", line["message"]!.GetValue<string>()));
        Assert.Equal("done", Event(report[^1]));
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    public async Task A_long_line_costs_itself_alone(int length)
    {
        var report = await ImportAsync($"{Header}A1,bags,1000,{new string('x', length)},Bag,a,\"\n{Line("B1")}\"endless,{new string('y', length)}\r\n{Line("C1")}");

        Assert.Equal(["B1", "C1"], Sent.Select(product => product.Sku));
        Assert.Equal(["2 is longer than 64 KB", "4 is longer than 64 KB"], report.Where(line => Event(line) == "bad").Select(line => $"{line["line"]} {line["message"]}"));
        Assert.Equal("done", Event(report[^1]));
    }

    [Fact]
    public async Task A_line_without_end_ends_the_import()
    {
        var endless = new string('x', 5_000_000);
        (await SendAsync(Encoding.UTF8.GetBytes(endless))).IsProblem(400);

        var report = await ImportAsync($"{Header}{Line("A1")}{endless}");

        Assert.StartsWith("A line is longer than 4 MB.", report[^1]["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_encodings_are_told_line_by_line()
    {
        var report = await ImportAsync([.. Encoding.UTF8.GetBytes(Header), .. "A1,bags,1000,"u8, 0xB0, 0xA1, .. ",Bag,a,b\n"u8]);      // 가 in EUC-KR

        IsLine(Assert.Single(report, line => Event(line) == "bad"), """{ "event": "bad", "line": 2, "field": "name.ko", "message": "is not UTF-8" }""");
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task What_catalog_refuses_is_told_by_its_line()
    {
        _gateway.Services.Catalog.Calls.Answer<ImportProductsRequest>(batch => new ImportProductsResponse
        {
            Added = batch.Products.Count - 1,
            Refused = { new RefusedField { Index = 1, Field = "price.amount", Message = "must be more" }, new RefusedField { Index = 1, Field = "name.ko", Message = "is blank" } },
        });

        var report = await ImportAsync($"{Header}{Line("A1")}\n\n\"{Line("A2").Replace(",", "\",\"").Trim()}\"\n{Line("A3")}");

        Assert.Equal(["5 price", "5 name.ko"], report.Where(line => Event(line) == "bad").Select(line => $"{line["line"]} {line["field"]}"));
        IsLine(report[^1], """{ "event": "done", "lines": 3, "added": 2, "changed": 0, "unchanged": 0, "bad": 1 }""");
    }

    [Fact]
    public async Task Every_bad_line_is_counted_and_so_many_are_told()
    {
        var report = await ImportAsync(Header + string.Concat(Enumerable.Repeat("nonsense\n", 5_000)));

        Assert.Equal(1_000, report.Count(line => Event(line) == "bad"));
        Assert.Equal(5_000, report[^1]["bad"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_file_goes_in_batches_and_a_batch_without_an_answer_goes_again()
    {
        var calls = 0;
        _gateway.Services.Catalog.Calls.Answer<ImportProductsRequest>(batch =>
            ++calls == 2 ? throw new RpcException(new(StatusCode.Unavailable, "gone")) : new ImportProductsResponse { Added = batch.Products.Count });

        var report = await ImportAsync(Header + string.Concat(Enumerable.Range(0, 250).Select(i => Line($"A{i}"))));

        Assert.Equal([100, 100, 100, 50], _gateway.Services.Catalog.Calls.All<ImportProductsRequest>().Select(batch => batch.Products.Count));
        Assert.Equal(250, report[^1]["added"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_goes_wrong_on_the_way_is_the_reports_last_word()
    {
        _gateway.Services.Catalog.Calls.Fail(StatusCode.Internal, "NullReferenceException");

        var report = await ImportAsync(Header + Line("A1"));

        Assert.Equal("failed", Event(report[^1]));
        Assert.Equal("Something went wrong on our side. What is imported stays; send the same file again to go on.", report[^1]["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", "categoryId description.en description.ko name.en name.ko price sku")]
    [InlineData("\n\n", "categoryId description.en description.ko name.en name.ko price sku")]
    [InlineData("sku,price,name.ko,name.en,description.ko,description.en,sku\n", "categoryId sku")]
    [InlineData("{ \"json\": true }", "categoryId description.en description.ko name.en name.ko price sku")]
    public async Task A_file_without_its_columns_is_refused_as_a_whole(string file, string fields)
    {
        var answer = await SendAsync(Encoding.UTF8.GetBytes(file));

        answer.IsProblem(400);
        Assert.Equal(fields.Split(' '), answer.ErrorFields);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv; charset=euc-kr")]
    public async Task What_says_it_is_no_csv_is_a_415(string type) => (await SendAsync("x"u8.ToArray(), type)).IsProblem(415);

    private static string Line(string sku) => $"{sku},bags,1000,가방,Bag,좋다,Good\n";

    private static string Event(JsonNode line) => line["event"]!.GetValue<string>();

    private static void IsLine(JsonNode line, string expected) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), line), line.ToJsonString());

    private Task<List<JsonNode>> ImportAsync(string file) => ImportAsync(Encoding.UTF8.GetBytes(file));

    private async Task<List<JsonNode>> ImportAsync(byte[] file)
    {
        var answer = await SendAsync(file);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private Task<Answer> SendAsync(byte[] file, string type = "text/csv") => _gateway.SendAsync(HttpMethod.Post, "/api/v1/ops/products/import",
        new ByteArrayContent(file) { Headers = { ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type) } }, _gateway.Tokens.Operator());
}
