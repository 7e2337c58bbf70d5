using System.Net;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Security;

public sealed class RedirectTests(RunningStorefront shop)
{
    public static TheoryData<string> Elsewhere() =>
    [
        "https://evil.test/", "//evil.test/", "/\\evil.test", "\\\\evil.test", "/\t/evil.test", "/\n/evil.test", "javascript:alert(1)", "evil.test", "", " //evil.test", "/a\\..\\b",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task After_signing_in_nobody_is_sent_to_another_site(string back)
    {
        shop.Gateway.Reset();
        Assert.Equal("/ko", (await shop.Browser().SignInAsync(back)).Location);
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/search?query=%ED%82%A4%EB%B3%B4%EB%93%9C&sort=price")]
    public async Task After_signing_in_a_member_is_where_he_was(string back)
    {
        shop.Gateway.Reset();
        Assert.Equal($"/ko{back}", (await shop.Browser().SignInAsync(back)).Location);
    }

    [Theory]
    [InlineData("/한글", "/ko/%ED%95%9C%EA%B8%80")]
    [InlineData("/search?query=😀", "/ko/search?query=%F0%9F%98%80")]
    public async Task An_address_in_any_script_is_gone_back_to(string back, string location)
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        Assert.Equal(location, (await browser.SignInAsync(back)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).Status);
    }

    [Theory]
    [InlineData("//evil.test/basket")]
    [InlineData("/%2F/evil.test")]
    [InlineData("/basket")]
    public async Task The_redirect_to_a_language_stays_here(string path)
    {
        var answer = await shop.Browser().GetRawAsync($"https://shop.test{path}");
        Assert.True(answer.Status == HttpStatusCode.NotFound || answer.Location!.StartsWith("/ko/", StringComparison.Ordinal) || answer.Location.StartsWith("/en/", StringComparison.Ordinal), answer.Location);
    }
}
