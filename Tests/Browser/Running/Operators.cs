using Microsoft.Playwright;

namespace Shop.Browser.Tests.Running;

/// <summary>Windows of the console.</summary>
internal static class Operators
{
    /// <summary>An operator who is signed in.</summary>
    public static async Task<IPage> SignInAsync(ShopInBrowser shop, string language, ColorScheme scheme = ColorScheme.Light, int width = 1280, string? address = null)
    {
        var page = await TrySignInAsync(shop, language, shop.Operator.Email, shop.Operator.Password, scheme, width, address);
        await page.ReachesAsync($"/{language}$");
        return page;
    }

    /// <summary>Somebody who has sent the form of the sign-in.</summary>
    public static async Task<IPage> TrySignInAsync(ShopInBrowser shop, string language, string email, string password, ColorScheme scheme = ColorScheme.Light, int width = 1280, string? address = null)
    {
        var page = await shop.OpenAsync(language, scheme: scheme, width: width, address: address ?? shop.Console);
        await page.GotoAsync($"/{language}/sign-in");
        await page.Locator("#f-email").FillAsync(email);
        await page.Locator("#f-password").FillAsync(password);
        await page.Locator("main button").ClickAsync();
        return page;
    }
}
