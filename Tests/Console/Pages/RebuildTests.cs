using Shop.Console.Tests.Running;

namespace Shop.Console.Tests.Pages;

public sealed class RebuildTests(RunningConsole shop)
{
    private const string Cancel = "a[href^='/en/order-history/rebuild/cancel']";
    private const string At = "2026-11-20T10:00:00Z";

    [Fact]
    public async Task One_that_runs_can_be_cancelled()
    {
        var page = await PageAsync(new { state = "running", eventsRead = 1234, eventsTotal = 5000, startedAt = At });

        Assert.Equal("/en/order-history/rebuild/cancel?back=%2Forder-history", page.Document.QuerySelector($"live-region {Cancel}")!.GetAttribute("href"));
        Assert.Contains("1,234 of 5,000", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("swapped", "Done and in use")]
    [InlineData("failed", "Failed")]
    [InlineData("cancelled", "Cancelled")]
    [InlineData("idle", "Never rebuilt")]
    public async Task One_that_has_ended_can_not_and_its_state_is_said(string state, string text)
    {
        var page = await PageAsync(new { state, eventsRead = 5000, eventsTotal = 5000, startedAt = At });

        Assert.Null(page.Document.QuerySelector(Cancel));
        Assert.Contains(text, page.Document.QuerySelector(".badge")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_swapped_in_has_its_orders_before_and_after()
    {
        var page = await PageAsync(new { state = "swapped", eventsRead = 5000, eventsTotal = 5000, startedAt = At, swappedAt = At, ordersBefore = 1000, ordersAfter = 1002 });

        Assert.Contains("1,000 before, 1,002 after", page.Text, StringComparison.Ordinal);
    }

    private async Task<Shown> PageAsync(object rebuild)
    {
        shop.Gateway.Reset();
        shop.Gateway.Ops("GET /api/v1/ops/order-history/rebuild", _ => Answer.Json(200, rebuild));
        var browser = shop.Browser("en");
        await browser.SignInAsync();
        return await browser.GetAsync("/order-history");
    }
}
