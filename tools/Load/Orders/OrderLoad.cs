using Shop.Checker;
using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Running;

namespace Shop.Load.Orders;

/// <summary><c>orders</c>: throughput, latency and cost of orders, and the distance to the machine's limit.</summary>
internal static class OrderLoad
{
    private const long AmpleStock = 100_000_000;
    private static readonly TimeSpan IdleLasts = TimeSpan.FromSeconds(15);
    // The courier is at work for a minute and a half after the last order.
    private static readonly TimeSpan CheckWithin = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan LimitLasts = TimeSpan.FromSeconds(5);

    public static async Task<bool> RunAsync(RunningShop shop, OrderOptions options, CancellationToken cancel)
    {
        using var gateway = new GatewayClient(shop.Info.Gateway);
        await using var tracker = await OrderTracker.OpenAsync(shop.Info.DatabaseOf("ordering"), cancel);
        var processes = new ShopProcesses(shop);
        processes.CountAsLoad(tracker.Backend);
        var meter = new Meter(shop, processes);
        // First, before any load: its after-effects (notifications, late counters) would count as idle cost.
        Progress.Say("measuring the idle cost…");
        await Task.Delay(DatabaseCounters.Settle, cancel);
        await meter.BeginAsync(cancel);
        await Task.Delay(IdleLasts, cancel);
        var idle = await meter.EndAsync(settle: false, cancel);

        Progress.Say($"{options.BuyerCounts.Max()} buyers sign up, {options.Products} products are created…");
        var buyers = await Buyer.SignUpAsync(gateway, options.BuyerCounts.Max(), cancel);
        var products = await TestProducts.CreateAsync(gateway, shop.Info, options.Products, AmpleStock, cancel);
        var call = new OrderCall(gateway, products) { Declined = options.Declined };
        await WarmUp.RunAsync(shop.Info, call, buyers, options.Warmup, cancel);

        var ended = true;
        foreach (var buyerCount in options.BuyerCounts)
            ended &= await MeasureAsync(shop, options, call, [.. buyers.Take(buyerCount)], tracker, meter, idle, cancel);
        return ended & (options.ProviderErrors == 0 || await IsRightAsync(shop, call, products));
    }

    private static async Task<bool> MeasureAsync(
        RunningShop shop, OrderOptions options, OrderCall call, IReadOnlyList<Buyer> buyers, OrderTracker tracker, Meter meter, Cost idle, CancellationToken cancel)
    {
        var connections = Math.Clamp(buyers.Count, 1, 64);
        Progress.Say($"the machine's limit: plain commits over {connections} connection{(connections == 1 ? "" : "s")}…");
        var limit = await CommitLimit.PerSecondAsync(shop.Info.DatabaseOf("ordering"), connections, LimitLasts, cancel);
        await Task.Delay(DatabaseCounters.Settle, cancel);

        var run = new OrderRun(call, tracker, buyers);
        var queries = tracker.Queries;
        bool ended;
        Cost cost;
        await using (await ProviderFaults.SetAsync(shop.Info, options.ProviderErrors))
        {
            Progress.Say(options.Describe(buyers.Count));
            await meter.BeginAsync(cancel);
            ended = await run.RunAsync(options.Count, options.Rate, options.Waits, cancel);
            cost = await meter.EndAsync(settle: true, CancellationToken.None);
        }

        var orders = run.Placed.Select(placed => placed.Id).OfType<Guid>().ToArray();
        var endings = await OrderTracker.EndingsAsync(shop.Info.DatabaseOf("ordering"), orders, CancellationToken.None);
        var report = new OrderReport(options.Describe(buyers.Count), run, endings, idle, cost, limit, connections, tracker.Queries - queries);
        report.Print();
        Console.WriteLine();
        await SagaSteps.PrintAsync(shop.Info, orders, report.Call, report.Whole, CancellationToken.None);
        Console.WriteLine($"undone     failed step → rejected order  {await SagaSteps.CompensationsAsync(shop.Info, orders, CancellationToken.None)}");
        Console.WriteLine();
        return ended;
    }

    /// <summary>The consistency check, over the databases, the topics and the provider's ledger.</summary>
    private static async Task<bool> IsRightAsync(RunningShop shop, OrderCall call, IReadOnlyList<Guid> products)
    {
        Progress.Say("checking databases, topics and the provider's ledger…");
        var record = new ClientRecord { Stock = products.ToDictionary(product => product, _ => AmpleStock), Orders = call.Requested };
        var report = await Check.AtRestAsync(ShopDocument.Parse(shop.Document), record, CheckWithin, CancellationToken.None);
        Console.WriteLine();
        Console.WriteLine(report.ToText());
        return report.IsOk;
    }
}
