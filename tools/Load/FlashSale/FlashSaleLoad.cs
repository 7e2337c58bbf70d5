using System.Diagnostics;
using Npgsql;
using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Orders;
using Shop.Load.Running;

namespace Shop.Load.FlashSale;

/// <summary><c>flash-sale</c>: many buyers order one of few pieces at the same time.</summary>
internal static class FlashSaleLoad
{
    private const int WarmUp = 100;
    private const int MaxRetries = 60;

    public static async Task<bool> RunAsync(RunningShop shop, int buyers, int pieces, CancellationToken cancel)
    {
        using var gateway = new GatewayClient(shop.Info.Gateway);
        Progress.Say($"{buyers} buyers sign up; this takes long, as password hashes are slow…");
        var members = await Buyer.SignUpAsync(gateway, buyers, cancel);
        var other = await TestProducts.CreateAsync(gateway, shop.Info, 1, 1_000_000, cancel);
        var wanted = await TestProducts.CreateAsync(gateway, shop.Info, 1, pieces, cancel);

        await using var tracker = await OrderTracker.OpenAsync(shop.Info.DatabaseOf("ordering"), cancel);
        var processes = new ShopProcesses(shop);
        processes.CountAsLoad(tracker.Backend);
        Progress.Say($"warming up with {WarmUp} orders of something else…");
        if (!await new OrderRun(new(gateway, other), tracker, [.. members.Take(16)]).RunAsync(WarmUp, rate: null, waits: true, cancel))
            throw new MistakeException("the warm-up did not end in time.");
        var queries = tracker.Queries;

        var meter = new Meter(shop, processes);
        await Task.Delay(DatabaseCounters.Settle, cancel);
        Progress.Say($"{buyers} buyers want {pieces} pieces, now");
        await meter.BeginAsync(cancel);
        var begun = Stopwatch.GetTimestamp();
        var call = new OrderCall(gateway, wanted) { MaxRetries = MaxRetries };
        var run = new OrderRun(call, tracker, members);
        var ended = await run.RunAsync(buyers, rate: null, waits: true, cancel);
        var lasted = Stopwatch.GetElapsedTime(begun);
        queries = tracker.Queries - queries;
        var cost = await meter.EndAsync(settle: true, CancellationToken.None);

        var endings = await OrderTracker.EndingsAsync(shop.Info.DatabaseOf("ordering"), [.. run.Placed.Select(placed => placed.Id).OfType<Guid>()], CancellationToken.None);
        var sold = endings.Count(ending => ending.IsSold);
        var (onHand, reserved) = await StockAsync(shop.Info, wanted[0]);

        Console.WriteLine($"{buyers} buyers, {pieces} pieces: {sold} sold, {onHand} left, {reserved} reserved");
        Console.WriteLine($"all ended  {lasted.TotalSeconds:0.0} s after the first call; the call {new Percentiles(run.Placed.Select(placed => placed.Milliseconds))}");
        Console.WriteLine($"{call.Retries,6} × repeated after 503, with the same key");
        foreach (var kind in endings.GroupBy(ending => ending.IsSold ? "confirmed" : $"{ending.Status}: {ending.Reason}"))
            Console.WriteLine($"{kind.Count(),6} × {kind.Key}, placed → ended {new Percentiles(kind.Select(ending => (ending.EndedAt - ending.PlacedAt).TotalMilliseconds))}");
        foreach (var kind in run.Placed.Where(placed => placed.Error is not null).GroupBy(placed => placed.Error))
            Console.WriteLine($"{kind.Count(),6} × not accepted: {kind.Key}");
        Console.WriteLine($"commits    {cost.Database.AllCommits - queries} in all, {cost.Database.Writes} of them writing, {cost.Database.Flushes} waits for the disk; CPU {cost.ShopCpu:0.0} s");

        var exact = sold == pieces && onHand == 0 && reserved == 0;
        Console.WriteLine(exact ? "exactly the available pieces were sold" : "NOT exactly the available pieces were sold");
        return ended && exact;
    }

    /// <summary>From Inventory's database: the gateway's value may be stale.</summary>
    private static async Task<(long OnHand, long Reserved)> StockAsync(ShopInfo shop, Guid product)
    {
        await using var connection = await ServerConnection.OpenAsync(shop.DatabaseOf("inventory"), CancellationToken.None);
        await using var command = new NpgsqlCommand("select on_hand, reserved from stock where product_id = $1", connection) { Parameters = { new() { Value = product } } };
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? (row.GetInt64(0), row.GetInt64(1)) : throw new MistakeException($"Inventory has no stock row of product {product}.");
    }
}
