using Microsoft.Playwright;
using Shop.Browser.Tests.Running;
using Shop.Testing;

namespace Shop.Browser.Tests;

/// <summary>The pictures that the README opens with, in <c>artifacts/screenshots</c>; docs/images has copies.</summary>
public sealed class ReadmeTests(ShopInBrowser shop)
{
    [Fact]
    public async Task Storefront_order_and_saga()
    {
        var shopper = new Shopper(await shop.OpenAsync("en"), "en");
        await shopper.GoAsync("/");
        await Assertions.Expect(shopper.Page.Locator("main img").First).ToBeVisibleAsync();
        await Screenshots.KeepWindowAsync(shopper.Page, "readme storefront");

        await shopper.PutIntoBasketAsync(shop.Product);
        await shopper.GoAsync("/checkout");
        await shopper.SignUpAsync();
        await shopper.FillInAddressAsync("tok_ok");
        await shopper.PayAsync();
        await shopper.SeesStatusAsync("confirmed", "dispatched", "delivered");
        await Screenshots.KeepWindowAsync(shopper.Page, "readme order");

        var page = await Operators.SignInAsync(shop, "en");
        await page.GotoAsync("/en/sagas?state=completed");
        await page.Locator("tbody th a").First.ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await Screenshots.KeepWindowAsync(page, "readme saga");
    }
}
