using Shop.Chaos.Plans;
using Shop.Chaos.Running;

namespace Shop.SystemTests;

/// <summary>A short run of <c>./shop soak</c>, with a fixed seed.</summary>
public sealed class ChaosRunTests(RunningShop shop)
{
    [Fact]
    public async Task A_random_run_of_150_orders_violates_nothing()
    {
        await shop.IsWholeAsync();
        var options = new SoakOptions(Orders: 150, Seed: 5, Window: 1_000, RecoversWithin: TimeSpan.FromMinutes(2));
        // Operators move shipments in this shop: a client that waits for the courier would wait in vain.
        var settings = new RunSettings(options.Orders, options.RecoversWithin, options.Command) { HasCourier = false, MostWait = TimeSpan.FromSeconds(4) };

        var report = await new Run(shop.Info.Path, SoakPlan.Of(options), settings, TestContext.Current.TestOutputHelper!.WriteLine).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(report.IsOk, report.ToText());
        Assert.Equal(150, report.Record.Orders.Count);
        Assert.NotEmpty(report.Kills);
        await shop.IsWholeAsync();
    }
}
