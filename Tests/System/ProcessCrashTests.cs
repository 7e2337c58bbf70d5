using Shop.Chaos.Plans;
using Shop.Chaos.Running;

namespace Shop.SystemTests;

/// <summary>A short run of <c>./shop chaos</c>: each process of the shop is killed once, the next one while the shop is still recovering.</summary>
public sealed class ProcessCrashTests(RunningShop shop)
{
    private static readonly TimeSpan RestartWithin = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Sixty_orders_end_consistently_and_each_process_is_restarted_within_ten_seconds()
    {
        await shop.IsWholeAsync();
        await using var starts = StartTimes.Watch(shop.App);
        var options = new ChaosOptions(Orders: 60, Seed: 1, Rounds: 1, RecoversWithin: TimeSpan.FromMinutes(4));

        var settings = new RunSettings(options.Orders, options.RecoversWithin, options.Command) { HasCourier = false, MostWait = TimeSpan.FromSeconds(4) };

        var report = await new Run(shop.Info.Path, ChaosPlan.Of(options), settings, TestContext.Current.TestOutputHelper!.WriteLine).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(report.IsOk, report.ToText());
        Assert.Equal(60, report.Record.Orders.Count);
        Assert.All(report.Kills, kill =>
        {
            var restarts = starts.After(kill.Victim.Process, kill.At);
            Assert.Equal(kill.Pids.Count, restarts.Count);
            Assert.All(restarts, time => Assert.True(time <= RestartWithin, $"{kill.Victim.Process} was started again after {time?.TotalSeconds.ToString("0.0") ?? "?"} s"));
        });
        await shop.IsWholeAsync();
    }
}
