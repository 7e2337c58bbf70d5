using Microsoft.Playwright;
using Shop.Browser.Tests.Running;

namespace Shop.Browser.Tests;

/// <summary>axe (WCAG 2.2 AA) on every page: no violation, nothing wider than the window.</summary>
public sealed class AccessibilityTests(ShopInBrowser shop)
{
    private static string[] Open(string product) => ["/", "/categories/keyboards", "/search?query=mouse", "/search?query=zzzzzz", $"/products/{product}", "/basket", "/sign-in", "/sign-up", "/accessibility", "/privacy", "/nowhere"];

    private static readonly string[] Mine = ["/basket", "/checkout", "/orders", "/coupons", "/messages", "/profile"];

    [Theory]
    [InlineData("ko", ColorScheme.Light, 1280)]
    [InlineData("en", ColorScheme.Dark, 1280)]
    [InlineData("en", ColorScheme.Light, 320)]
    [InlineData("ko", ColorScheme.Dark, 320)]
    // 1280 pixels at 200 %.
    [InlineData("ko", ColorScheme.Light, 640)]
    [InlineData("en", ColorScheme.Light, 1280, false)]
    public async Task Every_page_is_without_a_violation(string language, ColorScheme scheme, int width, bool scripts = true)
    {
        var prepared = await PreparedShop.OfAsync(shop);
        var shopper = new Shopper(await shop.OpenAsync(language, scheme: scheme, width: width), language);
        // axe itself is a script, so the browser has them, and the pages' own, which are all files, do not arrive.
        if (!scripts)
            await shopper.Page.RouteAsync("**/*.js", route => route.AbortAsync());
        var (variant, problems) = ($"storefront {language} {scheme} {width}{(scripts ? "" : " without scripts")}", new List<string>());
        foreach (var path in Open(shop.Product))
            await CheckAsync(shopper, variant, path, problems);
        await CheckAsync(shopper, variant, $"/products/{prepared.ReviewedProduct}", problems, "a reviewed product");
        await CheckAsync(shopper, variant, $"/products/{prepared.ReviewedProduct}/reviews", problems, "reviews");
        await CheckAsync(shopper, variant, $"/products/{prepared.SoldOutProduct}", problems, "a sold out product");
        await CheckWrongFormAsync(shopper, variant, problems);
        await prepared.SignInAsync(shopper);
        await CheckAsync(shopper, variant, $"/orders/{prepared.RejectedOrder}", problems, "a rejected order");
        await shopper.Page.Context.ClearCookiesAsync();

        await shopper.PutIntoBasketAsync(shop.Product);
        await shopper.GoAsync("/checkout");
        await shopper.SignUpAsync();
        foreach (var path in Mine)
            await CheckAsync(shopper, variant, path, problems);

        await shopper.GoAsync("/checkout");
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();
        await shopper.Page.ReachesAsync("/orders/[^/]+$");
        await Accessibility.CheckAsync(shopper.Page, variant, "order", problems);

        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    /// <param name="name">Null: the path.</param>
    private static async Task CheckAsync(Shopper shopper, string variant, string path, List<string> problems, string? name = null)
    {
        await shopper.GoAsync(path);
        await Accessibility.CheckAsync(shopper.Page, variant, name ?? path, problems);
    }

    private static async Task CheckWrongFormAsync(Shopper shopper, string variant, List<string> problems)
    {
        var page = shopper.Page;
        await shopper.GoAsync("/sign-up");
        await page.Locator("#f-email").FillAsync("nobody");
        await page.Locator("#f-password").FillAsync("short");
        // As a browser that does not judge fields.
        await page.EvaluateAsync("document.querySelector('main form').noValidate = true");
        await page.Locator("main form button").ClickAsync();
        await Assertions.Expect(page.Locator(".notice.error a[href='#f-email']")).ToBeVisibleAsync();
        await Accessibility.CheckAsync(page, variant, "a wrong form", problems);
    }
}
