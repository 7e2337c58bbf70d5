using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Security;

public sealed class RedirectTests(RunningConsole shop)
{
    public static TheoryData<string> Elsewhere() =>
    [
        "https://evil.test/", "//evil.test/", "/\\evil.test", "\\\\evil.test", "/\t/evil.test", "/\n/evil.test", "javascript:alert(1)", "evil.test", "", " //evil.test", "/a\\..\\b",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Neither_signing_in_nor_an_action_leads_to_another_site(string back)
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        Assert.Equal("/ko", (await browser.SignInAsync(back)).Location);

        var path = $"/sagas/{StandInGateway.Saga}/retry";
        var page = await browser.GetAsync($"{path}?back={Uri.EscapeDataString(back)}");
        Assert.Equal($"/sagas/{StandInGateway.Saga}", page.Document.QuerySelector("input[name=back]")!.GetAttribute("value"));
        Assert.StartsWith($"/ko/sagas/{StandInGateway.Saga}?result=", (await browser.SubmitAsync(page, path, ("back", back))).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_comes_back_to_the_view_that_he_came_from()
    {
        shop.Gateway.Reset();
        var browser = shop.Browser();
        Assert.Equal("/ko/sagas?state=overdue", (await browser.SignInAsync("/sagas?state=overdue")).Location);

        var list = await browser.GetAsync("/shipments?state=created&pageToken=x&result=0198d0a6-de79-72fa-805d-cabbc9989999");
        var link = list.Document.QuerySelector($"a[href*='/shipments/{StandInGateway.Shipment}/dispatch']")!.GetAttribute("href")!;
        var answer = await browser.SubmitAsync(await browser.GetRawAsync(link), $"/shipments/{StandInGateway.Shipment}/dispatch");
        Assert.Matches("^/ko/shipments\\?state=created&pageToken=x&result=[0-9a-f-]{36}$", answer.Location);
    }
}
