using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shop.Testing;

namespace Shop.Browser.Tests.Running;

/// <summary>What a shop has only after some use, made once for all tests: a product with a review, one that is sold out, and a member with a delivered and a rejected order.</summary>
/// <param name="Member">The member's address.</param>
internal sealed record PreparedShop(string ReviewedProduct, string SoldOutProduct, string Member, string DeliveredOrder, string RejectedOrder)
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    // Tests run one after the other.
    private static Task<PreparedShop>? _made;

    public static Task<PreparedShop> OfAsync(ShopInBrowser shop) => _made is null or { IsFaulted: true } ? _made = MakeAsync(shop) : _made;

    /// <summary>In a window without a session.</summary>
    public async Task SignInAsync(Shopper shopper)
    {
        await shopper.GoAsync("/sign-in?return=/profile");
        await shopper.SignInAsync(Member);
        await shopper.Page.ReachesAsync("/profile$");
    }

    private static async Task<PreparedShop> MakeAsync(ShopInBrowser shop)
    {
        using var @operator = await OperatorApi.SignInAsync(shop);
        var (reviewed, soldOut) = (await @operator.NewProductAsync(stock: 5), await @operator.NewProductAsync(stock: 0));
        var shopper = await Shopper.AtCheckoutAsync(shop, "en", reviewed);
        var delivered = await OrderAsync(shopper, "tok_ok");
        await shopper.PutIntoBasketAsync(shop.Product);
        await shopper.GoAsync("/checkout");
        var rejected = await OrderAsync(shopper, "tok_declined");
        await shopper.SeesStatusAsync("rejected");

        await shopper.GoAsync($"/orders/{delivered}");
        await shopper.SeesStatusAsync("delivered");
        await ReviewAsync(shopper, reviewed);
        await shopper.Page.Context.CloseAsync();
        return new(reviewed, soldOut, shopper.Email, delivered, rejected);
    }

    /// <summary>At the checkout.</summary>
    /// <returns>The order's id.</returns>
    private static async Task<string> OrderAsync(Shopper shopper, string paymentToken)
    {
        await shopper.FillInAddressAsync(paymentToken);
        await shopper.PayAsync();
        await shopper.Page.ReachesAsync("/orders/[^/]+$");
        return shopper.Page.Url[^36..];
    }

    /// <summary>That the product has arrived Reviews knows from an event; until then the form is refused, and keeps what was typed.</summary>
    private static async Task ReviewAsync(Shopper shopper, string product)
    {
        var page = shopper.Page;
        await shopper.GoAsync($"/products/{product}");
        await page.Locator("#reviews summary").ClickAsync();
        await page.Locator("input[name=stars][value='4']").CheckAsync();
        await page.Locator("#f-text").FillAsync("Quiet, and good to type on.\nThe cable is short.");
        await Eventually.TrueAsync(async () =>
        {
            await shopper.ClickAsync("Publish");
            await page.ReachesAsync("/products/[^/]+(/reviews|\\?reviewed=now)$");
            return Regex.IsMatch(page.Url, "reviewed=now$", RegexOptions.CultureInvariant);
        }, "the product can be reviewed", Within);
        await Eventually.TrueAsync(async () =>
        {
            await shopper.GoAsync($"/products/{product}");
            return await page.Locator(".reviews > li").CountAsync() > 0 && await page.Locator("a[href='#reviews']").CountAsync() > 0;
        }, "the product has its review and its rating", Within);
    }
}
