using System.Net;
using Microsoft.AspNetCore.Routing;
using Shop.Design.Pages;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Security;

public sealed class ForgedFormTests(RunningStorefront shop)
{
    private IEnumerable<(string Path, bool IsOpen)> Forms() =>
        from endpoint in shop.Endpoints
        where endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true && endpoint.Metadata.GetMetadata<PageEndpoint>() is not null
        select ($"/{endpoint.RoutePattern.RawText!.TrimStart('/')}".Replace("{id:guid}", StandInGateway.Keyboard, StringComparison.Ordinal).Replace("{id}", StandInGateway.Keyboard, StringComparison.Ordinal),
            endpoint.Metadata.GetMetadata<PageEndpoint>()!.IsOpenForm);

    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task A_form_from_another_site_is_refused(string? origin)
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        var calls = shop.Gateway.Calls.Count(call => call.Method != "GET");
        Assert.NotEmpty(Forms());
        foreach (var (path, _) in Forms())
            Assert.True((await browser.PostFromAsync(origin, path)).Status == HttpStatusCode.Forbidden, path);

        Assert.Equal(calls, shop.Gateway.Calls.Count(call => call.Method != "GET"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    public static TheoryData<string, string?> Unreadable() => new()
    {
        { "{}", "application/json" },
        { "", null },
        { "a=b", "text/plain" },
        { "email=%00", "application/x-www-form-urlencoded" },
        { string.Concat(Enumerable.Repeat("a=1&", 1_100)), "application/x-www-form-urlencoded" },
        { $"{new string('a', 3_000)}=1", "application/x-www-form-urlencoded" },
        { "a=b", "application/x-www-form-urlencoded; charset=utf-7" },
        { "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nb\r\n--b--\r\n", "multipart/form-data; boundary=b" },
        { "no boundary in here", "multipart/form-data; boundary=b" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_body_that_is_no_form_is_a_bad_request(string body, string? type)
    {
        shop.Gateway.Reset();
        var (guest, member) = (shop.Browser(), shop.Browser());
        await member.SignInAsync();
        foreach (var (path, _) in Forms())
        {
            foreach (var browser in new[] { guest, member })
            {
                var request = new HttpRequestMessage(HttpMethod.Post, $"/ko{path}") { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };
                request.Headers.Add("Origin", "https://shop.test");
                if (type is not null)
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                Assert.True((await browser.SendAsync(request)).Status == HttpStatusCode.BadRequest, path);
            }
        }
    }

    [Fact]
    public async Task What_a_browser_says_about_the_site_counts_before_the_origin()
    {
        shop.Gateway.Reset();
        var request = new HttpRequestMessage(HttpMethod.Post, "/ko/basket/items") { Content = new FormUrlEncodedContent([new("productId", StandInGateway.Keyboard)]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Origin", "https://shop.test");
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.Browser().SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_form_of_a_session_without_its_token_is_refused()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        foreach (var (path, _) in Forms().Where(form => !form.IsOpen))
            Assert.True((await browser.PostAsync(path)).Status == HttpStatusCode.Forbidden, path);
    }

    [Fact]
    public async Task A_token_of_another_session_is_refused()
    {
        shop.Gateway.Reset();
        var (mine, theirs) = (shop.Browser(), shop.Browser());
        await mine.SignInAsync();
        await theirs.SignInAsync();
        var page = await theirs.GetAsync("/profile");

        Assert.Equal(HttpStatusCode.Forbidden, (await mine.SubmitAsync(page, "/sign-out")).Status);
        Assert.Equal(HttpStatusCode.OK, (await mine.GetAsync("/profile")).Status);
    }
}
