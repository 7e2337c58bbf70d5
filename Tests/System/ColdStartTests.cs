extern alias load;

using load::Shop.Load.ColdStart;
using load::Shop.Load.Customers;
using OwnShop = load::Shop.Load.Running.RunningShop;

namespace Shop.SystemTests;

/// <summary>A shop that reports ready answers at once. In a shop of its own, since that of the other tests is warm.</summary>
public sealed class ColdStartTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task No_customer_is_refused_right_after_the_shop_is_ready_on_a_busy_machine()
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await using var shop = await OwnShop.OpenAsync(infoFile: null, starts: 1, timeout.Token);
        using var gateway = new GatewayClient(shop.Info.Gateway);
        var customers = new FirstCustomers(gateway);

        using (new BusyCores(Environment.ProcessorCount))
            await customers.RunAsync(20, timeout.Token);

        Assert.Equal(80, customers.Answers.Count);
        Assert.DoesNotContain(customers.Answers, answer => answer.Error is not null);
    }
}
