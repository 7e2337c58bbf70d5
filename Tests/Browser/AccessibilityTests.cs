using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shop.Browser.Tests.Running;

namespace Shop.Browser.Tests;

/// <summary>axe (WCAG 2.2 AA) on every page: no violation, nothing wider than the window.</summary>
public sealed class AccessibilityTests(ShopInBrowser shop)
{
    private static readonly AxeRunOptions Options = new() { ResultTypes = [ResultType.Violations], RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } };

    private static string[] Open(string product) => ["/", "/categories/keyboards", "/search?query=mouse", "/search?query=zzzzzz", $"/products/{product}", "/basket", "/sign-in", "/sign-up", "/accessibility", "/privacy", "/nowhere"];

    private static readonly string[] Mine = ["/basket", "/checkout", "/orders", "/coupons", "/messages", "/profile"];

    [Theory]
    [InlineData("ko", ColorScheme.Light, 1280)]
    [InlineData("en", ColorScheme.Dark, 1280)]
    [InlineData("en", ColorScheme.Light, 320)]
    [InlineData("ko", ColorScheme.Dark, 320)]
    public async Task Every_page_is_without_a_violation(string language, ColorScheme scheme, int width)
    {
        var shopper = new Shopper(await shop.OpenAsync(language, scheme: scheme, width: width), language);
        var problems = new List<string>();
        foreach (var path in Open(shop.Product))
            await CheckAsync(shopper, path, problems);

        await shopper.PutIntoBasketAsync(shop.Product);
        await shopper.GoAsync("/checkout");
        await shopper.SignUpAsync();
        foreach (var path in Mine)
            await CheckAsync(shopper, path, problems);

        await shopper.GoAsync("/checkout");
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();
        await shopper.Page.WaitForURLAsync("**/orders/*");
        await CheckPageAsync(shopper, "an order", problems);

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    private static async Task CheckAsync(Shopper shopper, string path, List<string> problems)
    {
        await shopper.GoAsync(path);
        await CheckPageAsync(shopper, path, problems);
    }

    private static async Task CheckPageAsync(Shopper shopper, string name, List<string> problems)
    {
        var result = await shopper.Page.RunAxe(Options);
        problems.AddRange(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id}: {node.Html}")));
        if (await shopper.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var wider)
            problems.Add($"{name}: {wider} pixels wider than the window");
    }
}
