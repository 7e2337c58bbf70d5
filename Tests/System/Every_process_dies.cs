using Shop.Chaos;

namespace Shop.SystemTests;

/// <summary>The small form of <c>./shop chaos</c>: each process of the shop is killed once, the next one while the shop is still on its knees.</summary>
public sealed class Every_process_dies(RunningShop shop)
{
    private static readonly TimeSpan StartedAgainWithin = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Sixty_orders_all_end_right_everything_adds_up_and_each_process_is_started_again_within_ten_seconds()
    {
        await shop.IsWholeAsync();
        await using var starts = StartTimes.Watch(shop.App);
        var options = new ChaosOptions(Orders: 60, Seed: 1, Rounds: 1, MendsWithin: TimeSpan.FromMinutes(4));

        var report = await new ChaosRun(shop.Info.Path, options, TestContext.Current.TestOutputHelper!.WriteLine).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(report.IsOk, report.ToText());
        Assert.Equal(60, report.Record.Orders.Count);
        Assert.All(report.Deaths, death =>
        {
            var away = starts.After(death.Victim.Process, death.At);
            Assert.Equal(death.Pids.Count, away.Count);
            Assert.All(away, time => Assert.True(time <= StartedAgainWithin, $"{death.Victim.Process} was started again after {time?.TotalSeconds.ToString("0.0") ?? "?"} s"));
        });
        await shop.IsWholeAsync();
    }
}
