using System.Diagnostics;
using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Orders;
using Shop.Load.Running;

namespace Shop.Load.Outage;

/// <summary><c>outage</c>: whether anything but payments slows down while the payment provider is unavailable, and how soon the waiting orders go on when it is back.</summary>
internal static class OutageLoad
{
    private const int Buyers = 8;
    private const int WarmUp = 100;

    public static async Task<bool> RunAsync(RunningShop shop, TimeSpan each, double rate, CancellationToken cancel)
    {
        using var gateway = new GatewayClient(shop.Info.Gateway);
        var members = await Buyer.SignUpAsync(gateway, Buyers, cancel);
        var products = await TestProducts.CreateAsync(gateway, shop.Info, 10, 1_000_000, cancel);
        await using var tracker = await OrderTracker.OpenAsync(shop.Info.DatabaseOf("ordering"), cancel);
        var traffic = new Traffic(gateway, members, products);
        Progress.Say($"warming up with {WarmUp} orders…");
        await new OrderRun(new(gateway, products), tracker, members).RunAsync(WarmUp, rate: null, waits: true, cancel);
        await traffic.RunAsync(TimeSpan.FromSeconds(5), rate, cancel);

        Progress.Say($"{each.TotalSeconds:0} s with the provider…");
        var before = await traffic.RunAsync(each, rate, cancel);
        await Task.WhenAll(before.Orders.Select(order => tracker.EndOf(order).WaitAsync(cancel)));

        Period during;
        await using (await ProviderFaults.SetAsync(shop.Info, errorRate: 0, outage: true))
        {
            Progress.Say($"{each.TotalSeconds:0} s without the provider…");
            during = await traffic.RunAsync(each, rate, cancel);
        }

        var back = Stopwatch.GetTimestamp();
        var pending = during.Orders.Count(order => !tracker.EndOf(order).IsCompleted);
        Progress.Say($"the provider is back; {pending} orders are pending…");
        var ended = await Task.WhenAll(during.Orders.Select(async order =>
        {
            await tracker.EndOf(order).WaitAsync(cancel);
            return Stopwatch.GetElapsedTime(back).TotalMilliseconds;
        }));
        var endings = await OrderTracker.EndingsAsync(shop.Info.DatabaseOf("ordering"), during.Orders, CancellationToken.None);

        Console.WriteLine($"{rate} orders a second by {Buyers} members, and {Traffic.Visitors} visitors who read; {each.TotalSeconds:0} s with the provider, {each.TotalSeconds:0} s without");
        var table = new Table("call", "with: times", "p50 ms", "p99", "without: times", "p50 ms", "p99", "errors");
        foreach (var (call, times) in before.Calls)
            Add(call, times, during.Calls[call]);
        Console.WriteLine(table);
        var sold = endings.Count(ending => ending.IsSold);
        Console.WriteLine($"{pending} of {during.Orders.Count} orders were pending when the provider came back; {sold} of {endings.Count} confirmed, the last one {ended.DefaultIfEmpty().Max() / 1000:0.0} s later");
        return sold == during.Orders.Count && before.Errors + during.Errors == 0;

        void Add(string call, CallTimes with, CallTimes without)
        {
            var (one, other) = (new Percentiles(with.Milliseconds), new Percentiles(without.Milliseconds));
            table.Add(call, $"{one.Count}", $"{one.At(0.5):0.0}", $"{one.At(0.99):0.0}", $"{other.Count}", $"{other.At(0.5):0.0}", $"{other.At(0.99):0.0}", $"{with.Errors + without.Errors}");
        }
    }
}
