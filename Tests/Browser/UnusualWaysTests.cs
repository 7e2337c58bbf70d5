using System.Net.Http.Json;
using Microsoft.Playwright;
using Shop.Browser.Tests.Running;
using Shop.Testing;

namespace Shop.Browser.Tests;

/// <summary>What comes between a shopper and an order.</summary>
public sealed class UnusualWaysTests(ShopInBrowser shop)
{
    private const string Fragment = "**/orders/*/live";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_coupon_takes_its_discount_off_and_is_used_up()
    {
        using var @operator = await OperatorApi.SignInAsync(shop);
        var shopper = await Shopper.AtCheckoutAsync(shop, "en", await @operator.NewProductAsync(stock: 5));
        await Eventually.TrueAsync(async () =>
        {
            await shopper.GoAsync("/checkout");
            return await shopper.Page.Locator("#f-coupon").CountAsync() > 0;
        }, "the welcome coupon is there", Timeout);

        var full = await TotalAsync(shopper);
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.Page.Locator("#f-coupon").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await shopper.Page.Locator("button[value=quote]").ClickAsync();
        await Assertions.Expect(shopper.Page.Locator("#f-line1")).ToHaveValueAsync("110 Sejong-daero");
        Assert.Equal(full - full / 10, await TotalAsync(shopper));

        await shopper.PayAsync();
        await shopper.SeesStatusAsync("confirmed", "dispatched", "delivered");
        await shopper.GoAsync("/coupons");
        await Assertions.Expect(shopper.Page.Locator(".cards > li.off")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_sold_out_while_its_buyer_pays_is_not_charged()
    {
        using var @operator = await OperatorApi.SignInAsync(shop);
        var product = await @operator.NewProductAsync(stock: 1);
        var shopper = await Shopper.AtCheckoutAsync(shop, "en", product);
        await shopper.FillInAddressAsync("tok_ok");
        await @operator.SetStockAsync(product, 0);
        await shopper.PayAsync();

        await shopper.SeesStatusAsync("rejected");
        await Assertions.Expect(shopper.Page.Locator(".live")).ToContainTextAsync("There was not enough stock");
        await Assertions.Expect(shopper.Page.Locator(".live")).ToContainTextAsync("You were not charged");
    }

    [Fact]
    public async Task Without_the_payment_provider_the_order_waits_and_is_then_confirmed()
    {
        using var provider = new HttpClient { BaseAddress = new(shop.PaymentProvider) };
        await provider.PutAsJsonAsync("/v1/faults", new { outage = true });
        try
        {
            var shopper = await Shopper.AtCheckoutAsync(shop, "ko");
            await shopper.FillInAddressAsync("tok_ok");
            await shopper.PayAsync();
            await shopper.SeesStatusAsync("pending");

            // The status stays, so no event says that the payment is being checked: the open page asks.
            var page = shopper.Page;
            await page.EvaluateAsync("window.isOpen = true");
            await page.WaitForResponseAsync(Fragment);
            await Assertions.Expect(page.Locator(".live .facts")).ToContainTextAsync("확인 중", new() { Timeout = 30_000 });
            await Assertions.Expect(page.Locator(".live")).ToHaveAttributeAsync("data-status", "pending");

            await provider.PutAsJsonAsync("/v1/faults", new { outage = false });
            await page.Locator(".live:is([data-status=confirmed], [data-status=dispatched], [data-status=delivered])").WaitForAsync(new() { Timeout = 60_000 });
            Assert.True(await page.EvaluateAsync<bool>("window.isOpen"), "The page was loaded again.");
        }
        finally
        {
            await provider.PutAsJsonAsync("/v1/faults", new { outage = false });
        }
    }

    [Fact]
    public async Task An_open_order_page_keeps_what_is_typed_into_it_and_is_up_to_date_afterwards()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "en");
        var page = shopper.Page;
        await page.Clock.InstallAsync();
        // What an event brings is shown at once also while the cancellation is open, so there are none here.
        await page.RouteAsync("**/orders/*/events", route => route.AbortAsync());
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();
        await page.ReachesAsync("/orders/[^/]+$");

        // Typed, and closed again: the content changes, and what was typed is in the new field.
        await page.Locator("summary").ClickAsync();
        await page.Locator("#f-reason").FillAsync("Too late");
        var words = "It has changed";
        await page.RouteAsync(Fragment, route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8", Body = $"<section class=\"live\">{words}<details><summary>Cancel</summary><input id=\"f-reason\"></details></section>",
        }));
        await PollTwiceAsync();
        Assert.Equal("Too late", await page.Locator("#f-reason").InputValueAsync());
        await Assertions.Expect(page.Locator(".live")).Not.ToContainTextAsync(words);
        await page.Locator("summary").ClickAsync();
        await page.Locator("h1").ClickAsync();
        await PollTwiceAsync();
        await Assertions.Expect(page.Locator(".live")).ToContainTextAsync(words);
        Assert.Equal("Too late", await page.Locator("#f-reason").InputValueAsync());

        // Open: it stays as it is, also without anything typed.
        words = "It has changed again";
        await page.Locator("summary").ClickAsync();
        await page.Locator("#f-reason").FillAsync("");
        await page.Locator("h1").ClickAsync();
        await PollTwiceAsync();
        Assert.Equal(1, await page.Locator("details[open]").CountAsync());

        await page.Locator("summary").ClickAsync();
        await page.Locator("h1").ClickAsync();
        await PollTwiceAsync();
        await Assertions.Expect(page.Locator(".live")).ToContainTextAsync(words);

        // When the second is asked for, the first was judged.
        async Task PollTwiceAsync()
        {
            for (var poll = 0; poll < 2; poll++)
                await page.RunAndWaitForResponseAsync(() => page.Clock.RunForAsync(5_000), Fragment);
        }
    }

    [Fact]
    public async Task Two_tabs_that_add_the_same_at_once_add_both()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "en");
        var (one, other) = (shopper.Page, await shopper.Page.Context.NewPageAsync());
        await Task.WhenAll(one.GotoAsync($"/en/products/{shop.Product}"), other.GotoAsync($"/en/products/{shop.Product}"));
        await Task.WhenAll(AddAsync(one), AddAsync(other));

        await shopper.GoAsync("/basket");
        await Assertions.Expect(one.Locator("input[name=quantity]")).ToHaveValueAsync("3");

        static async Task AddAsync(IPage page)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add to basket", Exact = true }).ClickAsync();
            await page.ReachesAsync("added=1$");
        }
    }

    [Fact]
    public async Task The_back_button_shows_the_basket_as_it_is()
    {
        var shopper = new Shopper(await shop.OpenAsync("en"), "en");
        await shopper.PutIntoBasketAsync(shop.Product);
        await shopper.GoAsync("/basket");
        await shopper.Page.Locator("input[name=quantity]").FillAsync("2");
        await shopper.ClickAsync("Update");
        await Assertions.Expect(shopper.Page.Locator("input[name=quantity]")).ToHaveValueAsync("2");

        await shopper.GoAsync($"/products/{shop.Product}");
        await shopper.Page.GoBackAsync();
        await Assertions.Expect(shopper.Page.Locator("input[name=quantity]")).ToHaveValueAsync("2");
    }

    [Fact]
    public async Task An_order_that_is_loaded_again_is_one_order_and_the_back_button_does_not_offer_it_again()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "en");
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();
        await shopper.Page.ReachesAsync("/orders/[^/]+$");
        await shopper.Page.ReloadAsync();
        await shopper.SeesStatusAsync("confirmed", "dispatched", "delivered");
        // What was bought leaves the basket by an event.
        await Eventually.TrueAsync(async () => !(await (await shopper.Page.APIRequest.GetAsync($"{shop.Address}/en/basket")).TextAsync()).Contains("name=\"quantity\"", StringComparison.Ordinal), "the basket is empty", Timeout);

        await shopper.Page.GoBackAsync();
        await Assertions.Expect(shopper.Page.Locator("button.wide[value=place]")).ToHaveCountAsync(0);
        await shopper.GoAsync("/orders");
        Assert.Equal(1, await shopper.Page.Locator(".cards > li").CountAsync());
    }

    [Fact]
    public async Task A_session_that_has_ended_at_the_checkout_comes_back_there()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "en");
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.Page.Context.ClearCookiesAsync();
        await shopper.PayAsync();

        await shopper.Page.ReachesAsync(@"/sign-in\?return=.*checkout");
        await shopper.SignInAsync();
        await shopper.Page.ReachesAsync("^[^?]+/checkout$");
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();
        await shopper.SeesStatusAsync("confirmed", "dispatched", "delivered");
    }

    [Fact]
    public async Task A_storefront_that_dies_while_a_form_is_filled_in_takes_it_after_its_restart()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "en");
        await shopper.FillInAddressAsync("tok_ok");
        await shop.KillAsync("storefront");
        await ShopInBrowser.AnswersAsync(shop.Address);

        await shopper.PayAsync();
        await shopper.SeesStatusAsync("confirmed", "dispatched", "delivered");
    }

    [Fact]
    public async Task Of_two_storefronts_one_that_dies_while_a_form_is_filled_in_leaves_it_to_the_other()
    {
        await using var two = await shop.TwiceAsync("storefront");
        var shopper = await Shopper.AtCheckoutAsync(shop, "en", address: two.Address);
        await shopper.FillInAddressAsync("tok_ok");
        Assert.Equal(0, two.ConnectionsOfSecond);
        await shop.KillAsync("storefront");

        // At once: the first one has not been started again.
        await shopper.PayAsync();
        await shopper.SeesStatusAsync("confirmed", "dispatched", "delivered");
        Assert.NotEqual(0, two.ConnectionsOfSecond);
        await ShopInBrowser.AnswersAsync(shop.Address);
    }

    private static async Task<long> TotalAsync(Shopper shopper) =>
        long.Parse(new string([.. (await shopper.Page.Locator("button.wide[value=place]").InnerTextAsync()).Where(char.IsAsciiDigit)]), System.Globalization.CultureInfo.InvariantCulture);
}
