using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Console.Tests.Running;
using Shop.Design.Sessions;

namespace Shop.Console.Tests.Sessions;

public sealed class SessionTests(RunningConsole shop)
{
    private const string Cookie = "__Host-console";

    [Fact]
    public async Task The_cookie_has_the_consoles_own_name_and_scripts_and_other_sites_do_not_get_it()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        var answer = await browser.SignInAsync();

        var set = answer.Answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.All(["; secure", "; httponly", "; samesite=lax", "; path=/"], flag => Assert.Contains(flag, set, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("__Host-storefront", browser.Cookies.Keys);
    }

    [Fact]
    public async Task An_operator_stays_signed_in_for_a_working_day()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        Assert.Equal(TimeSpan.FromHours(10), shop.Services.GetRequiredService<IOptions<WebSessionOptions>>().Value.MemberLifetime);
        var hours = Assert.Single(await shop.QueryAsync<double>(
            "select (extract(epoch from expires_at - created_at) / 3600)::float8 from sessions where id_hash = sha256(convert_to(@id, 'UTF8'))", new { id = browser.Cookies[Cookie] }));
        Assert.Equal(10, hours, 1);
    }

    /// <summary>As the row does: a browser would forget the cookie of an operator who works on.</summary>
    [Fact]
    public async Task A_session_that_is_renewed_keeps_its_cookie_as_long()
    {
        shop.Gateway.Reset();
        shop.Gateway.Members.ExpiresIn = 0;
        var browser = shop.Browser();
        await browser.SignInAsync();
        shop.Gateway.Members.ExpiresIn = 900;
        var id = browser.Cookies[Cookie];

        var renewed = await browser.GetAsync("/sagas");
        var later = await browser.GetAsync("/sagas");

        var set = renewed.Answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.Contains("max-age=36000", set, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(id, browser.Cookies[Cookie]);
        Assert.False(later.Answer.Headers.TryGetValues("Set-Cookie", out var more) && more.Any(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_both_replicas()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var old = browser.Cookies[Cookie];
        var answer = await browser.AtOtherReplica.SubmitAsync(await browser.GetAsync("/"), "/sign-out");
        Assert.Equal((HttpStatusCode.SeeOther, "/ko/sign-in"), (answer.Status, answer.Location));
        Assert.Empty(await shop.QueryAsync<int>("select 1 from sessions where id_hash = sha256(convert_to(@old, 'UTF8'))", new { old }));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_session_that_ends_during_an_action_leads_to_the_sign_in_and_back()
    {
        shop.Gateway.Reset();
        shop.Gateway.Members.ExpiresIn = 0;
        var browser = shop.Browser();
        await browser.SignInAsync();
        var path = $"/sagas/{StandInGateway.Saga}/retry";
        shop.Gateway.Members.ExpiresIn = 900;
        var page = await browser.GetAsync(path);
        shop.Gateway.Members.RefuseAccessTokens();
        shop.Gateway.Members.EndSessions();

        Assert.Equal("/ko/sign-in?return=%2F", (await browser.SubmitAsync(page, path)).Location);
    }

    [Fact]
    public async Task The_model_has_no_changes_without_a_migration() =>
        Assert.False(await shop.InServiceAsync(services => Task.FromResult(services.GetRequiredService<ConsoleDb>().Database.HasPendingModelChanges())));
}
