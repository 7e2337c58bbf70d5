using System.Net;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Sessions;

/// <summary>Renewing access tokens under the row's lock.</summary>
public sealed class RefreshTests(RunningStorefront shop)
{
    [Fact]
    public async Task Parallel_requests_after_the_expiry_refresh_once_in_two_replicas()
    {
        var browser = await ExpiredAsync();
        shop.Gateway.Members.Gate.Reset();

        var pages = Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? browser : browser.AtOtherReplica).GetAsync("/profile")).ToList();
        await Eventually.TrueAsync(() => shop.Gateway.Calls.Any(call => call.Path.EndsWith("/refresh", StringComparison.Ordinal)), "a refresh is running");
        shop.Gateway.Members.Gate.Set();

        Assert.All(await Task.WhenAll(pages), page => Assert.Equal(HttpStatusCode.OK, page.Status));
        Assert.Equal((1, false), (shop.Gateway.Members.Refreshes, shop.Gateway.Members.WasReused));
    }

    [Fact]
    public async Task A_token_that_is_valid_is_not_refreshed()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Equal(0, shop.Gateway.Members.Refreshes);
    }

    [Fact]
    public async Task A_token_that_is_refused_before_its_time_is_replaced_once()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        shop.Gateway.Members.RefuseAccessTokens();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Equal(1, shop.Gateway.Members.Refreshes);
    }

    [Fact]
    public async Task A_session_whose_refresh_token_has_expired_ends_and_the_member_comes_back_after_signing_in()
    {
        var browser = await ExpiredAsync();
        shop.Gateway.Members.EndSessions();

        var page = await browser.GetAsync("/coupons?pageToken=x");
        Assert.Equal((HttpStatusCode.SeeOther, "/ko/sign-in?return=%2Fcoupons%3FpageToken%3Dx"), (page.Status, page.Location));
        Assert.Empty(await shop.QueryAsync<int>("select 1 from sessions where member_id is not null and expires_at > now() and id_hash = @hash", new { hash = Hash(browser) }));
        Assert.Equal("/ko/coupons?pageToken=x", (await browser.SignInAsync("/coupons?pageToken=x")).Location);
    }

    [Fact]
    public async Task A_session_survives_that_members_is_unavailable()
    {
        var browser = await ExpiredAsync();
        shop.Gateway.On("POST /api/v1/sessions/refresh", _ => Answer.None);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/profile")).Status);

        shop.Gateway.On("POST /api/v1/sessions/refresh", shop.Gateway.Members.Refresh);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    private async Task<Browser> ExpiredAsync()
    {
        shop.Gateway.Reset();
        shop.Gateway.Members.ExpiresIn = 0;
        var browser = shop.Browser();
        await browser.SignInAsync();
        shop.Gateway.Members.ExpiresIn = 900;
        return browser;
    }

    private static byte[] Hash(Browser browser) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(browser.Cookies["__Host-storefront"]));
}
