using System.Globalization;
using Microsoft.Playwright;
using Shop.Browser.Tests.Running;
using Shop.Testing;

namespace Shop.Browser.Tests;

/// <summary>What a page may cost its reader, at 4 × less CPU, 1.6 Mbit/s and 150 ms. Times are kept in <c>artifacts/figures</c>: they say more about the machine than about the page.</summary>
public sealed class BudgetTests(ShopInBrowser shop)
{
    private const int MostRequests = 12;
    private const double MostShift = 0.02;

    private const string Observers = """
        window.shift = 0; window.largest = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
        new PerformanceObserver(list => { for (const entry of list.getEntries()) window.largest = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
        """;

    [Theory]
    [InlineData("/")]
    [InlineData("/categories/keyboards")]
    [InlineData("/search?query=mouse")]
    [InlineData("/products")]
    [InlineData("/sign-in")]
    public async Task A_page_keeps_its_budget(string path)
    {
        var page = await shop.OpenAsync("ko");
        await SlowAsync(page);
        await MeasureAsync(page, shop.Address, path, path == "/products" ? $"/products/{shop.Product}" : path);
    }

    [Fact]
    public async Task A_members_pages_keep_their_budget()
    {
        var prepared = await PreparedShop.OfAsync(shop);
        var shopper = new Shopper(await shop.OpenAsync("ko"), "ko");
        await prepared.SignInAsync(shopper);
        await shopper.PutIntoBasketAsync(shop.Product);
        await SlowAsync(shopper.Page);
        foreach (var (name, path) in new[] { ("/basket with a line", "/basket"), ("/checkout", "/checkout"), ("/orders/{id}", $"/orders/{prepared.DeliveredOrder}"), ("/messages", "/messages") })
            await MeasureAsync(shopper.Page, shop.Address, name, path);
    }

    [Fact]
    public async Task An_operators_pages_keep_their_budget()
    {
        var page = await Operators.SignInAsync(shop, "ko");
        await SlowAsync(page);
        foreach (var path in new[] { "/", "/orders", "/sagas" })
            await MeasureAsync(page, shop.Console, $"console {path}", path);
    }

    /// <param name="origin">Where everything comes from.</param>
    /// <param name="name">In the figures.</param>
    private static async Task MeasureAsync(IPage page, string origin, string name, string path)
    {
        var (requests, errors) = (new List<IRequest>(), new List<string>());
        void Count(object? sender, IRequest request) => requests.Add(request);
        void Keep(object? sender, IConsoleMessage message)
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        }

        void KeepFailure(object? sender, string failure) => errors.Add(failure);

        page.Request += Count;
        page.Console += Keep;
        page.PageError += KeepFailure;
        await page.GotoAsync($"/ko{(path == "/" ? "" : path)}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        // Not WaitForFunctionAsync: it repeats the expression from inside the page, where the content security policy refuses it.
        await Eventually.TrueAsync(() => page.EvaluateAsync<bool>("window.largest > 0"), "the largest paint is known");
        var (shift, largest) = (await page.EvaluateAsync<double>("window.shift"), await page.EvaluateAsync<double>("window.largest"));
        page.Request -= Count;
        page.Console -= Keep;
        page.PageError -= KeepFailure;
        List<IRequest> made = [.. requests];
        var bytes = 0L;
        foreach (var request in made)
            bytes += (await request.SizesAsync()) is { } sizes ? sizes.ResponseBodySize + sizes.ResponseHeadersSize : 0;
        var others = made.Where(request => request.ResourceType != "image").ToList();
        Figures.Keep(string.Create(CultureInfo.InvariantCulture, $"{name}: largest paint {largest:0} ms, shift {shift:0.000}, {others.Count} requests and {made.Count - others.Count} pictures, {bytes:N0} bytes"));

        Assert.InRange(others.Count, 1, MostRequests);
        Assert.InRange(shift, 0, MostShift);
        Assert.All(made, request => Assert.StartsWith(origin, request.Url, StringComparison.Ordinal));
        Assert.Empty(errors);
    }

    /// <summary>From here on: little CPU, a slow connection, nothing from the cache, and measurements of each page.</summary>
    private static async Task SlowAsync(IPage page)
    {
        await page.AddInitScriptAsync(Observers);
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await tools.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 150, ["downloadThroughput"] = 200_000, ["uploadThroughput"] = 93_750 });
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
    }
}
