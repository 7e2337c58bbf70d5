using System.Net;
using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Security;

public sealed class ForgedFormTests(RunningConsole shop)
{
    [Theory]
    [InlineData("https://evil.test")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task A_form_from_another_site_is_refused(string? origin)
    {
        var browser = await SignedInAsync();
        var forms = ConsolePaths.Forms(shop);
        Assert.InRange(forms.Count, 14, 100);
        foreach (var path in forms)
            Assert.True((await browser.PostFromAsync(origin, path, ("reason", "x"))).Status == HttpStatusCode.Forbidden, path);

        Assert.Empty(shop.Gateway.Writes);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = await SignedInAsync();
        foreach (var path in ConsolePaths.Forms(shop))
            Assert.True((await browser.PostAsync(path, ("reason", "x"))).Status == HttpStatusCode.Forbidden, path);

        Assert.Empty(shop.Gateway.Writes);
    }

    [Fact]
    public async Task A_token_of_another_session_is_refused()
    {
        var (mine, theirs) = (await SignedInAsync(), shop.Browser());
        await theirs.SignInAsync();
        var path = $"/sagas/{StandInGateway.Saga}/compensate";
        Assert.Equal(HttpStatusCode.Forbidden, (await mine.SubmitAsync(await theirs.GetAsync(path), path, ("reason", "x"))).Status);
        Assert.Empty(shop.Gateway.Writes);
    }

    private async Task<Browser> SignedInAsync()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        await browser.SignInAsync();
        return browser;
    }
}
