using Shop.Chaos;

namespace Shop.SystemTests;

/// <summary>The small form of <c>./shop chaos</c>: each process of the shop is killed once, the next one while the shop is still on its knees.</summary>
public sealed class Every_process_dies(RunningShop shop)
{
    [Fact]
    public async Task Sixty_orders_all_end_right_and_everything_adds_up()
    {
        await shop.IsWholeAsync();
        var options = new ChaosOptions(Orders: 60, Seed: 1, Rounds: 1, MendsWithin: TimeSpan.FromMinutes(4));

        var report = await new ChaosRun(shop.Info.Path, options, TestContext.Current.TestOutputHelper!.WriteLine).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(report.IsOk, report.ToText());
        Assert.Equal(60, report.Record.Orders.Count);
        await shop.IsWholeAsync();
    }
}
