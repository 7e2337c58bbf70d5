using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Design.Assets;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

/// <summary>What a page may weigh.</summary>
public sealed class SizeTests(RunningStorefront shop)
{
    private const int MostHtml = 40_000;
    private const int MostHtmlCompressed = 10_000;

    /// <summary>Fifty forms, each with the page's token and the product's name three times.</summary>
    private const int MostHtmlOfFullBasket = 56_000;

    private const string Order = "0198d0a6-de79-72fa-805d-cabbc9989003";

    public static TheoryData<string> Pages() =>
    [
        "/", "/categories/keyboards", "/search?query=x", $"/products/{StandInGateway.Keyboard}", $"/products/{StandInGateway.Keyboard}/reviews", "/basket", "/checkout",
        "/orders", $"/orders/{Order}", "/coupons", "/messages", "/sign-in", "/sign-up", "/profile", "/privacy",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_small(string path)
    {
        shop.Gateway.Reset();
        // A full page: 24 products of the longest usual texts in each list, 12 categories.
        shop.Gateway.On("GET /api/v1/products", new
        {
            items = Enumerable.Range(0, 24).Select(i => StandInGateway.Product(Guid.CreateVersion7().ToString(), $"블루투스 노이즈 캔슬링 무선 헤드폰 {i}", 129_900 + i)), nextPageToken = new string('t', 200),
        });
        shop.Gateway.On("GET /api/v1/categories", new { items = Enumerable.Range(0, 12).Select(i => new { id = i == 0 ? "keyboards" : $"category-{i}", name = $"카테고리 {i}", productCount = 22 }) });
        FillMembersLists();
        var browser = shop.Browser();
        await browser.SignInAsync();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "2"));

        var page = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var bytes = Encoding.UTF8.GetBytes(page.Html);
        Assert.InRange(bytes.Length, 1_000, MostHtml);
        Assert.InRange(Compressed(bytes), 500, MostHtmlCompressed);
    }

    /// <summary>20 in each, with texts of usual length, and an order of as many products as there can be.</summary>
    private void FillMembersLists()
    {
        const string At = "2026-11-20T10:00:00Z";
        var gateway = shop.Gateway;
        var order = StandInGateway.Order(Order, "confirmed");
        order["lines"] = JsonSerializer.SerializeToNode(Enumerable.Range(0, 50).Select(i => new
        {
            productId = Guid.CreateVersion7(), name = $"블루투스 노이즈 캔슬링 무선 헤드폰 {i}", quantity = 2, unitPrice = new { amount = 129_900, currency = "KRW" }, lineTotal = new { amount = 259_800, currency = "KRW" },
        }));
        order["payment"] = JsonSerializer.SerializeToNode(new { status = "captured", amount = new { amount = 12_990_000, currency = "KRW" }, attempts = 1 });
        order["shipment"] = JsonSerializer.SerializeToNode(new { id = Order, status = "created", trackingNumber = "KR1234567890123", dispatchedAt = (string?)null, deliveredAt = (string?)null });
        gateway.On("GET /api/v1/orders/*", order);
        gateway.On("GET /api/v1/orders", new { items = Enumerable.Range(0, 20).Select(_ => StandInGateway.Order($"{Guid.CreateVersion7()}", "delivered")), nextPageToken = new string('t', 200) });
        gateway.On("GET /api/v1/coupons", new
        {
            items = Enumerable.Range(0, 20).Select(i => new
            {
                id = Guid.CreateVersion7(), name = $"가입을 환영하는 할인 쿠폰 {i}", kind = "percentage", percent = 10, amount = (object?)null, minimum = new { amount = 10_000, currency = "KRW" },
                maximumDiscount = new { amount = 10_000, currency = "KRW" }, expiresAt = At, status = "usable",
            }), nextPageToken = new string('t', 200),
        });
        gateway.On("GET /api/v1/notifications", new
        {
            unread = 20, nextPageToken = new string('t', 200),
            items = Enumerable.Range(0, 20).Select(i => new { id = Guid.CreateVersion7(), kind = "order_confirmed", title = $"주문이 확정되었습니다 {i}", body = new string('가', 200), orderId = Order, createdAt = At, readAt = (string?)null }),
        });
        gateway.On("GET /api/v1/products/*/reviews", new
        {
            items = Enumerable.Range(0, 20).Select(i => new { id = Guid.CreateVersion7(), stars = 1 + i % 5, text = $"{i} {new string('가', 300)}", author = "김**", createdAt = At }), nextPageToken = new string('t', 200),
        });
    }

    /// <summary>A member's with as many products as a basket holds. What is sent is within the budget, what it becomes is not.</summary>
    [Fact]
    public async Task A_full_basket_is_small()
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/basket", shop.Gateway.Members.Authorised(_ => Answer.Json(200, new
        {
            items = Enumerable.Range(0, 50).Select(i => new
            {
                productId = Guid.CreateVersion7(), name = $"블루투스 노이즈 캔슬링 무선 헤드폰 {i}", imageUrl = $"/images/products/{Guid.CreateVersion7()}.svg", quantity = 2,
                unitPrice = new { amount = 129_900, currency = "KRW" }, lineTotal = new { amount = 259_800, currency = "KRW" }, stock = new { state = "in_stock", available = 37 }, discontinued = false,
            }),
            subtotal = new { amount = 12_990_000, currency = "KRW" }, unavailable = Array.Empty<string>(),
        })));
        var browser = shop.Browser();
        await browser.SignInAsync();

        var bytes = Encoding.UTF8.GetBytes((await browser.GetAsync("/basket")).Html);
        Assert.InRange(bytes.Length, 40_000, MostHtmlOfFullBasket);
        Assert.InRange(Compressed(bytes), 500, MostHtmlCompressed);
    }

    [Fact]
    public void Style_and_scripts_are_small()
    {
        var files = shop.Services.GetRequiredService<AssetFiles>().All;
        Assert.InRange(files["shop.css"].Brotli.Length, 500, 12_000);
        Assert.InRange(files.Where(file => file.Key.EndsWith(".js", StringComparison.Ordinal)).Sum(file => file.Value.Brotli.Length), 200, 6_000);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Assets_and_pages_are_sent_compressed(string encoding)
    {
        shop.Gateway.Reset();
        var page = await shop.Browser().GetAsync("/");
        var style = page.Document.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        foreach (var path in new[] { style, "/ko" })
        {
            var answer = await shop.Browser().SendAsync(new(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", encoding } } });
            Assert.Equal(encoding, answer.Header("Content-Encoding"));
        }

        Assert.Contains("immutable", (await shop.Browser().GetRawAsync(style)).Header("Cache-Control"), StringComparison.Ordinal);
    }

    private static int Compressed(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return memory.ToArray().Length;
    }
}
