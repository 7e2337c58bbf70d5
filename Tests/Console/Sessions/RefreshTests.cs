using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Sessions;

public sealed class RefreshTests(RunningConsole shop)
{
    /// <summary>The overview calls the API twice at once: one call renews the token while the other waits for it, and the request ends before both.</summary>
    [Fact]
    public async Task A_renewal_is_kept_although_the_browser_has_left_a_page_with_two_calls()
    {
        shop.Gateway.Reset();
        shop.Gateway.Members.ExpiresIn = 0;
        var browser = shop.Browser();
        await browser.SignInAsync();
        shop.Gateway.Members.ExpiresIn = 900;

        await shop.LeaveWhileRenewedAsync(browser, () => browser.GetAsync("/"));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sagas")).Status);
        Assert.Equal((1, false), (shop.Gateway.Members.Refreshes, shop.Gateway.Members.WasReused));
    }
}
