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

    /// <summary>A page that is left while the token is renewed: the old refresh token is used up.</summary>
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_renewal_is_kept_although_the_browser_has_gone(string method)
    {
        var browser = await ExpiredAsync();
        await shop.LeaveWhileRenewedAsync(browser, () => method == "GET" ? browser.GetAsync("/profile") : browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1")));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Equal((1, false), (shop.Gateway.Members.Refreshes, shop.Gateway.Members.WasReused));
    }

    [Fact]
    public async Task A_renewal_inside_an_addition_is_kept_although_the_browser_has_gone()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        WithEmptyBasket();
        // The call that adds is refused, inside the addition's transaction; those before it are not.
        shop.Gateway.On("PUT /api/v1/basket/items/*", call => { shop.Gateway.Members.RefuseAccessTokens(); return shop.Gateway.Members.Authorised(_ => Answer.None)(call); });
        await shop.LeaveWhileRenewedAsync(browser, () => browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1")));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
        Assert.Equal((1, false), (shop.Gateway.Members.Refreshes, shop.Gateway.Members.WasReused));
    }

    /// <summary>The token is valid for a call, but not for the time that an addition may take.</summary>
    [Fact]
    public async Task An_addition_does_not_need_members_while_the_token_is_valid()
    {
        shop.Gateway.Reset();
        shop.Gateway.Members.ExpiresIn = 75;
        WithEmptyBasket();
        var browser = shop.Browser();
        await browser.SignInAsync();
        shop.Gateway.On("POST /api/v1/sessions/refresh", _ => Answer.None);

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1"))).Status);
        Assert.Contains(shop.Gateway.Calls, call => call.Method == "PUT" && call.Path.EndsWith(StandInGateway.Keyboard, StringComparison.Ordinal));
    }

    /// <summary>An addition to the basket has a transaction around it. A refresh token that was used in one that is rolled back would be lost, and its second use ends the session.</summary>
    [Fact]
    public async Task A_renewal_before_an_addition_survives_a_commit_that_is_rolled_back()
    {
        var browser = await ExpiredAsync();
        // The sequence is not rolled back, so the first commit fails only.
        await shop.QueryAsync<int>($"""
            create sequence failing;
            create function fail_once() returns trigger language plpgsql as $$ begin
                if nextval('failing') = 1 then raise exception 'not serializable' using errcode = '40001'; end if;
                return null;
            end $$;
            create constraint trigger fail_once after update on sessions deferrable initially deferred for each row
                when (new.id_hash = '\x{Convert.ToHexString(Hash(browser))}') execute function fail_once();
            select 1
            """);
        try
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1"))).Status);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);

            Assert.Equal((1, false), (shop.Gateway.Members.Refreshes, shop.Gateway.Members.WasReused));
            Assert.NotEqual(1, Assert.Single(await shop.QueryAsync<long>("select last_value from failing")));
        }
        finally
        {
            await shop.QueryAsync<int>("drop trigger fail_once on sessions; drop function fail_once(); drop sequence failing; select 1");
        }
    }

    private void WithEmptyBasket() => shop.Gateway.On("GET /api/v1/basket", shop.Gateway.Members.Authorised(_ => Answer.Json(200, new { items = Array.Empty<object>(), unavailable = Array.Empty<string>() })));

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
