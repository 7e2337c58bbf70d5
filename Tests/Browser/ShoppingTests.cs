using System.Globalization;
using Microsoft.Playwright;
using Shop.Browser.Tests.Running;

namespace Shop.Browser.Tests;

/// <summary>A shopper's whole way, in a real browser.</summary>
public sealed class ShoppingTests(ShopInBrowser shop)
{
    [Theory]
    [InlineData("ko", true)]
    [InlineData("en", true)]
    [InlineData("ko", false)]
    public async Task A_guest_fills_a_basket_signs_up_pays_and_sees_the_order_confirmed(string language, bool javaScript)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var shopper = new Shopper(await shop.OpenAsync(language, javaScript), language);
        await shopper.PutIntoBasketAsync(shop.Product);
        await shopper.GoAsync("/basket");
        await shopper.Page.GetByRole(AriaRole.Link, new() { Name = language == "ko" ? "주문하기" : "Check out", Exact = true }).ClickAsync();
        await shopper.SignUpAsync();
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();

        await shopper.Page.ReachesAsync("/orders/[^/]+$");
        await shopper.SeesStatusAsync("confirmed", "dispatched", "delivered");
        Figures.Keep(string.Create(CultureInfo.InvariantCulture,
            $"first page to confirmed order, with sign-up, {language}, {(javaScript ? "with" : "without")} JavaScript: {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s; ready {TimeProvider.System.GetElapsedTime(shop.Ready).TotalSeconds:0} s ago"));
        Assert.Empty(shopper.Errors);
    }

    [Fact]
    public async Task A_declined_payment_says_why_and_what_to_do()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "en");
        await shopper.FillInAddressAsync("tok_declined");
        await shopper.PayAsync();

        await shopper.SeesStatusAsync("rejected");
        await Assertions.Expect(shopper.Page.Locator(".live")).ToContainTextAsync("The payment was declined");
        await Assertions.Expect(shopper.Page.Locator(".live")).ToContainTextAsync("You were not charged");
    }

    [Fact]
    public async Task A_double_click_is_one_order()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "ko");
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.Page.Locator("button.wide[value=place]").DblClickAsync();

        await shopper.Page.ReachesAsync("/orders/[^/]+$");
        await shopper.GoAsync("/orders");
        Assert.Equal(1, await shopper.Page.Locator(".cards > li").CountAsync());
    }

    [Fact]
    public async Task An_order_is_cancelled_before_its_parcel_leaves()
    {
        var shopper = await Shopper.AtCheckoutAsync(shop, "en");
        await shopper.FillInAddressAsync("tok_slow");
        await shopper.PayAsync();
        await shopper.Page.ReachesAsync("/orders/[^/]+$");
        await shopper.Page.Locator("summary").ClickAsync();
        await shopper.ClickAsync("Cancel the order");

        await shopper.SeesStatusAsync("cancelled", "rejected");
    }
}
