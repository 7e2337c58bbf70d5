using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shop.Console.Tests.Running;
using Shop.Design.Assets;

namespace Shop.Console.Tests.Pages;

/// <summary>What a page may weigh, and its structure.</summary>
public sealed class SizeTests(RunningConsole shop)
{
    private const int MostHtml = 40_000;
    private const int MostHtmlCompressed = 10_000;

    [Fact]
    public async Task Every_page_is_small_with_full_lists()
    {
        // A page of the API's lists has 20.
        shop.Gateway.Reset("주문을 처리하지 못했습니다: connection refused (order-history:5001)");
        shop.Gateway.Ops("GET /api/v1/ops/dead-letters", _ => Answer.Json(200, StandInGateway.LettersBody(Enumerable.Range(0, 20).Select(_ => shop.Gateway.LetterBody($"{Guid.CreateVersion7()}")).Append(shop.Gateway.LetterBody(StandInGateway.Letter)))));
        shop.Gateway.Ops("GET /api/v1/ops/orders", _ => Answer.Json(200, new { items = Enumerable.Range(0, 19).Select(_ => shop.Gateway.OrderBody($"{Guid.CreateVersion7()}")).Append(shop.Gateway.OrderBody(StandInGateway.Order)), nextPageToken = new string('t', 200) }));
        // The shop has some 30 handlers and kinds of events.
        shop.Gateway.Ops("GET /api/v1/ops/missed-messages", _ => Answer.Json(200, new { day = "2026-11-19", items = Enumerable.Range(0, 40).Select(_ => shop.Gateway.ComparedBody("Shop.Notifications.NotifyOfOrder", 1)), unavailable = new[] { "reviews" }, notCompared = new[] { "coupons" } }));
        var browser = shop.Browser();
        await browser.SignInAsync();
        foreach (var path in ConsolePaths.Pages(shop))
        {
            var bytes = Encoding.UTF8.GetBytes((await browser.GetAsync(path)).Html);
            Assert.True(bytes.Length is > 50 and <= MostHtml, $"{path}: {bytes.Length} bytes");
            Assert.True(Compressed(bytes) <= MostHtmlCompressed, $"{path}: {Compressed(bytes)} bytes, compressed");
        }
    }

    [Fact]
    public void Style_is_small()
    {
        var files = shop.Services.GetRequiredService<AssetFiles>().All;
        Assert.InRange(files["shop.css"].Brotli.Length + files["console.css"].Brotli.Length, 500, 12_000);
    }

    [Fact]
    public async Task Every_page_has_one_first_heading_labels_for_its_fields_and_tables_that_keyboards_can_scroll()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        foreach (var path in ConsolePaths.Pages(shop).Except(["/figures", "/order-history/state"]).Append("/nowhere"))
        {
            var page = await browser.GetAsync(path);
            Assert.True(page.Document.QuerySelectorAll("h1").Length == 1, path);
            Assert.Empty(page.Document.QuerySelectorAll("input:not([type=hidden]), select, textarea").Where(field => field.Closest("label") is null && page.Document.QuerySelector($"label[for='{field.Id}']") is null).Select(field => $"{path}: {field.OuterHtml}"));
            Assert.Empty(page.Document.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => $"{path}: #{group.Key}"));
            Assert.Empty(page.Document.QuerySelectorAll("table, pre").Where(table => table.Closest("[role=region][tabindex='0'][aria-label]") is null).Select(_ => path));
        }
    }

    private static int Compressed(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return memory.ToArray().Length;
    }
}
