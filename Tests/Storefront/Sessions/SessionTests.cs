using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Sessions;

public sealed class SessionTests(RunningStorefront shop)
{
    private const string Cookie = "__Host-storefront";

    [Fact]
    public async Task The_cookie_is_a_random_id_that_scripts_and_other_sites_do_not_get()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        var answer = await browser.SignInAsync();

        var set = answer.Answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.All(["; secure", "; httponly", "; samesite=lax", "; path=/"], flag => Assert.Contains(flag, set, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", set, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(43, browser.Cookies[Cookie].Length);
    }

    [Fact]
    public async Task Neither_id_nor_tokens_are_readable_in_the_database()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();

        var tokens = Assert.Single(await shop.QueryAsync<byte[]>("select tokens from sessions where id_hash = sha256(convert_to(@id, 'UTF8'))", new { id = browser.Cookies[Cookie] }));
        Assert.DoesNotContain("eyJ", Encoding.Latin1.GetString(tokens), StringComparison.Ordinal);
        Assert.All(await shop.QueryAsync<string>("select xml from data_protection_keys"), key => Assert.Contains("encryptedSecret", key, StringComparison.Ordinal));
        Assert.DoesNotContain(await shop.QueryAsync<string>("select xml from data_protection_keys"), key => key.Contains("masterKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_that_are_moved_to_another_row_are_not_read()
    {
        shop.Gateway.Reset();
        var (one, other) = (shop.Browser(), shop.Browser());
        await one.SignInAsync();
        await other.SignInAsync();
        await shop.QueryAsync<int>(
            "update sessions set tokens = (select tokens from sessions where id_hash = sha256(convert_to(@from, 'UTF8'))) where id_hash = sha256(convert_to(@to, 'UTF8')) returning 1",
            new { from = one.Cookies[Cookie], to = other.Cookies[Cookie] });

        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task The_id_changes_at_the_sign_in_and_the_old_one_is_nothing()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.PostAsync("/basket/items", ("productId", StandInGateway.Keyboard), ("quantity", "1"));
        var before = browser.Cookies[Cookie];
        await browser.SignInAsync();

        Assert.NotEqual(before, browser.Cookies[Cookie]);
        Assert.Empty(await shop.QueryAsync<int>("select 1 from sessions where id_hash = sha256(convert_to(@before, 'UTF8'))", new { before }));
    }

    [Fact]
    public async Task A_visitor_who_only_looks_has_no_session()
    {
        shop.Gateway.Reset();
        var before = await shop.QueryAsync<long>("select count(*) from sessions");
        var browser = shop.Browser();
        foreach (var path in new[] { "/", "/search?query=x", $"/products/{StandInGateway.Keyboard}", "/basket", "/sign-in" })
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).Status);

        Assert.Equal(before, await shop.QueryAsync<long>("select count(*) from sessions"));
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
    }

    [Fact]
    public async Task A_form_of_one_replica_is_accepted_by_the_other()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var page = await browser.GetAsync("/profile");

        var answer = await browser.AtOtherReplica.SubmitAsync(page, "/sign-out");
        Assert.Equal((HttpStatusCode.SeeOther, "/ko"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/profile")).Status);
    }

    [Theory]
    [InlineData(StandInMembers.Password, true)]
    [InlineData("another-horse-9", false)]
    public async Task The_second_click_of_a_sign_up_signs_in_and_whoever_has_another_password_is_told(string password, bool isSignedIn)
    {
        shop.Gateway.Reset();
        shop.Gateway.On("POST /api/v1/members", _ => Answer.Problem(409, "email_taken", "The address has an account."));
        var browser = shop.Browser("en");

        var answer = await browser.SubmitAsync(await browser.GetAsync("/sign-up"), "/sign-up", ("email", StandInMembers.Email), ("password", password), ("name", "K"), ("return", "/orders"));

        Assert.Equal(isSignedIn ? HttpStatusCode.SeeOther : HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(isSignedIn ? "/en/orders" : null, answer.Location);
        Assert.Equal(!isSignedIn, answer.Text.Contains("This address has an account already", StringComparison.Ordinal));
        Assert.Equal(isSignedIn ? HttpStatusCode.OK : HttpStatusCode.SeeOther, (await browser.GetAsync("/orders")).Status);
    }

    [Fact]
    public async Task The_second_click_of_a_review_shows_the_product()
    {
        shop.Gateway.Reset();
        shop.Gateway.On("GET /api/v1/products/*/reviews", _ => Answer.Json(200, new { items = Array.Empty<object>(), nextPageToken = (string?)null }));
        shop.Gateway.On("POST /api/v1/products/*/reviews", shop.Gateway.Members.Authorised(_ => Answer.Problem(409, "already_reviewed", "Once.")));
        var browser = shop.Browser("en");
        await browser.SignInAsync();
        var path = $"/products/{StandInGateway.Keyboard}";

        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(path), $"{path}/reviews", ("stars", "5"), ("text", "Good.")));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("You have reviewed this product already", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_this_session_and_everywhere_ends_all()
    {
        shop.Gateway.Reset();
        var (phone, laptop, tablet) = (shop.Browser(), shop.Browser(), shop.Browser("en"));
        foreach (var browser in new[] { phone, laptop, tablet })
            await browser.SignInAsync();

        await phone.SubmitAsync(await phone.GetAsync("/profile"), "/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, (await phone.GetAsync("/profile")).Status);
        Assert.Equal(HttpStatusCode.OK, (await laptop.GetAsync("/profile")).Status);

        await laptop.SubmitAsync(await laptop.GetAsync("/profile"), "/sign-out", ("everywhere", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, (await tablet.GetAsync("/profile")).Status);
    }

    [Fact]
    public async Task The_model_has_no_changes_without_a_migration() =>
        Assert.False(await shop.InServiceAsync(services => Task.FromResult(services.GetRequiredService<StorefrontDb>().Database.HasPendingModelChanges())));
}
