using System.Net.Http.Json;
using Microsoft.Playwright;
using Shop.Browser.Tests.Running;
using Shop.Testing;

namespace Shop.Browser.Tests;

/// <summary>An operator's work, in a real browser.</summary>
public sealed class ConsoleTests(ShopInBrowser shop)
{
    private static readonly string[] Pages =
    [
        "/", "/sagas", "/sagas?state=completed", "/dead-letters", "/dead-letters/replay?service=catalog", "/orders", "/shipments", "/products", "/products/new", "/products/import", "/reconciliation", "/missed-messages", "/order-history", "/order-history/rebuild", "/order-history/rebuild/cancel", "/nowhere",
    ];

    [Fact]
    public async Task A_member_is_refused()
    {
        var shopper = new Shopper(await shop.OpenAsync("en"), "en");
        await shopper.GoAsync("/sign-in");
        await shopper.SignUpAsync();

        var page = await Operators.TrySignInAsync(shop, "en", shopper.Email, Shopper.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not an operator");
        await page.GotoAsync("/en/sagas");
        Assert.Contains("/en/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ko", ColorScheme.Light, 1280)]
    [InlineData("en", ColorScheme.Dark, 1280)]
    [InlineData("en", ColorScheme.Light, 320)]
    [InlineData("ko", ColorScheme.Dark, 320)]
    [InlineData("ko", ColorScheme.Light, 640)]
    [InlineData("en", ColorScheme.Light, 1280, false)]
    public async Task Every_page_is_without_a_violation(string language, ColorScheme scheme, int width, bool scripts = true)
    {
        var order = await PlaceOrderAsync();
        var (variant, problems, errors) = ($"console {language} {scheme} {width}{(scripts ? "" : " without scripts")}", new List<string>(), new List<string>());
        var page = await Operators.SignInAsync(shop, language, scheme, width);
        // axe itself is a script, so the browser has them, and the pages' own, which are all files, do not arrive.
        if (!scripts)
            await page.RouteAsync("**/*.js", route => route.AbortAsync());
        page.Console += (_, message) =>
        {
            // A page that does not exist is one of them, and a script that does not arrive is an error.
            if (message.Type == "error" && scripts && !page.Url.EndsWith("/nowhere", StringComparison.Ordinal))
                errors.Add($"{page.Url}: {message.Text}");
        };
        foreach (var path in Pages)
        {
            await page.GotoAsync($"/{language}{(path == "/" ? "" : path)}");
            await Accessibility.CheckAsync(page, variant, path, problems);
        }

        foreach (var (list, thing) in new[] { ("/sagas", "saga"), ("/products", "product"), ("/orders", "order") })
        {
            await page.GotoAsync($"/{language}{list}");
            await page.Locator("tbody th a").First.ClickAsync();
            await Accessibility.CheckAsync(page, variant, thing, problems);
        }

        await page.GotoAsync($"/{language}/orders/{order}/refund");
        await Accessibility.CheckAsync(page, variant, "a confirmation", problems);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"/{language}/sign-in");
        await Accessibility.CheckAsync(page, variant, "/sign-in", problems);

        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_saga_that_waits_for_the_payment_provider_is_retried_by_keyboard()
    {
        using var provider = new HttpClient { BaseAddress = new(shop.PaymentProvider) };
        await provider.PutAsJsonAsync("/v1/faults", new { outage = true });
        try
        {
            await PlaceOrderAsync();
            var page = await Operators.SignInAsync(shop, "en");
            await Eventually.TrueAsync(async () =>
            {
                await page.GotoAsync("/en/sagas?state=running");
                return await page.Locator("tbody th a").CountAsync() > 0;
            }, "the saga is in the list", TimeSpan.FromMinutes(1));
            await page.Locator("tbody th a").First.PressAsync("Enter");
            await page.ReachesAsync("/sagas/[^/]+$");

            await provider.PutAsJsonAsync("/v1/faults", new { outage = false });
            await page.GetByRole(AriaRole.Link, new() { Name = "Retry", Exact = true }).PressAsync("Enter");
            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Retry", Exact = true }).PressAsync("Enter");

            // Retried just before, it may have ended already: refused is an answer, too.
            await Assertions.Expect(page.Locator("main .notice")).ToContainTextAsync("Retry");
            await Eventually.TrueAsync(async () =>
            {
                await page.ReloadAsync();
                return await page.Locator("main p .badge.good").CountAsync() > 0;
            }, "the saga is completed", TimeSpan.FromMinutes(2));
        }
        finally
        {
            await provider.PutAsJsonAsync("/v1/faults", new { outage = false });
        }
    }

    [Fact]
    public async Task A_dead_letter_is_refused_while_its_cause_lasts_and_replayed_afterwards()
    {
        using var api = await OperatorApi.SignInAsync(shop);
        var product = await api.NewProductAsync(stock: 5);
        // As a fault of Catalog that no retry mends.
        await shop.ExecuteAsync("catalog", $"alter table stock add constraint poison check (product_id <> '{product}') not valid");
        try
        {
            await api.SetStockAsync(product, 6);
            var page = await Operators.SignInAsync(shop, "en");
            var letter = page.Locator("tbody tr", new() { HasText = product });
            await Eventually.TrueAsync(async () =>
            {
                await page.GotoAsync("/en/dead-letters");
                return await letter.CountAsync() > 0;
            }, "the event is parked", TimeSpan.FromMinutes(2));

            await CheckAsync(page, "dead letters");
            await letter.First.Locator("th a").ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Payload" })).ToContainTextAsync($"\"productId\": \"{product}\"");
            await CheckAsync(page, "dead letter");

            await page.GotoAsync("/en/dead-letters");
            await ReplayAsync(page, letter.First);
            await Assertions.Expect(letter).ToHaveCountAsync(1);
            await shop.ExecuteAsync("catalog", "alter table stock drop constraint poison");
            await ReplayAsync(page, letter.First);
            await Assertions.Expect(letter).ToHaveCountAsync(0);
            await page.Locator("main .notice a").ClickAsync();
            await Assertions.Expect(page.Locator("main .badge").First).ToContainTextAsync("Replayed");
            await CheckAsync(page, "dead letter");
        }
        finally
        {
            await shop.ExecuteAsync("catalog", "alter table stock drop constraint if exists poison");
        }

        static async Task CheckAsync(IPage page, string name)
        {
            var problems = new List<string>();
            foreach (var width in new[] { 320, 1280 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await Accessibility.CheckAsync(page, $"console en {width}", name, problems);
            }

            Assert.True(problems.Count == 0, string.Join("\n", problems));
        }

        static async Task ReplayAsync(IPage page, ILocator letter)
        {
            await letter.Locator("a[href*='/replay']").ClickAsync();
            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button).ClickAsync();
            await page.ReachesAsync("/dead-letters[^/]*$");
            await Assertions.Expect(page.Locator("main .notice").First).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_console_that_dies_before_a_confirmation_is_sent_takes_it_after_its_restart()
    {
        var order = await PlaceOrderAsync();
        var page = await Operators.SignInAsync(shop, "en");
        await page.GotoAsync($"/en/orders/{order}/refund");
        await page.Locator("#f-reason").FillAsync("The console has died");
        await shop.KillAsync("console");
        await ShopInBrowser.AnswersAsync(shop.Console);

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("main .notice").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_two_consoles_one_that_dies_before_a_confirmation_is_sent_leaves_it_to_the_other()
    {
        var order = await PlaceOrderAsync();
        await using var two = await shop.TwiceAsync("console");
        var page = await Operators.SignInAsync(shop, "en", address: two.Address);
        await page.GotoAsync($"/en/orders/{order}/refund");
        await page.Locator("#f-reason").FillAsync("One console has died");
        Assert.Equal(0, two.ConnectionsOfSecond);
        await shop.KillAsync("console");

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("main .notice").First).ToBeVisibleAsync();
        Assert.NotEqual(0, two.ConnectionsOfSecond);
        await ShopInBrowser.AnswersAsync(shop.Console);
    }

    /// <returns>The order's id.</returns>
    private async Task<string> PlaceOrderAsync()
    {
        var shopper = new Shopper(await shop.OpenAsync("en"), "en");
        await shopper.PutIntoBasketAsync(shop.Product);
        await shopper.GoAsync("/checkout");
        await shopper.SignUpAsync();
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();
        await shopper.Page.ReachesAsync("/orders/[^/]+$");
        return shopper.Page.Url[^36..];
    }
}
