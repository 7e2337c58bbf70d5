extern alias load;

using load::Shop.Load.ColdStart;
using load::Shop.Load.Customers;
using OwnShop = load::Shop.Load.Running.RunningShop;

namespace Shop.SystemTests;

/// <summary>Ready means ready. In a shop of its own, for the one of the other tests has been running for a while.</summary>
public sealed class Cold_start
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Nobody_is_turned_away_right_after_the_shop_said_that_it_is_ready_however_busy_the_machine()
    {
        using var patience = new CancellationTokenSource(Timeout);
        await using var shop = await OwnShop.OpenAsync(infoFile: null, starts: 1, patience.Token);
        using var gateway = new GatewayClient(shop.Info.Gateway);
        var customers = new FirstCustomers(gateway);

        using (new BusyCores(Environment.ProcessorCount))
            await customers.ComeAsync(20, patience.Token);

        Assert.Equal(80, customers.Answers.Count);
        Assert.DoesNotContain(customers.Answers, answer => answer.Error is not null);
    }
}
