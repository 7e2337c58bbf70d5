using System.Diagnostics;
using Npgsql;
using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Orders;
using Shop.Load.Running;

namespace Shop.Load.FlashSale;

/// <summary><c>flash-sale</c>: everybody wants one of few pieces at the same moment.</summary>
public static class FlashSaleLoad
{
    private const int WarmUp = 100;
    private const int MostTries = 60;

    public static async Task<bool> RunAsync(RunningShop shop, int buyers, int pieces, CancellationToken cancel)
    {
        using var gateway = new GatewayClient(shop.Info.Gateway);
        Progress.Say($"{buyers} buyers sign up; passwords are slow to check, so this takes its time…");
        var crowd = await Buyer.SignUpAsync(gateway, buyers, cancel);
        var other = await Shelf.FillAsync(gateway, shop.Info, 1, 1_000_000, cancel);
        var wanted = await Shelf.FillAsync(gateway, shop.Info, 1, pieces, cancel);

        await using var book = await OrderBook.OpenAsync(shop.Info.DatabaseOf("ordering"), cancel);
        var processes = new ShopProcesses(shop);
        processes.CountAsLoad(book.Backend);
        Progress.Say($"warming up with {WarmUp} orders of something else…");
        if (!await new OrderRun(new(gateway, other), book, [.. crowd.Take(16)]).RunAsync(WarmUp, rate: null, waits: true, cancel))
            throw new MistakeException("the warm-up did not end in time.");
        var queries = book.Queries;

        var meter = new Meter(shop, processes);
        await Task.Delay(DatabaseCounters.Settle, cancel);
        Progress.Say($"{buyers} buyers want {pieces} pieces, now");
        await meter.BeginAsync(cancel);
        var begun = Stopwatch.GetTimestamp();
        var call = new OrderCall(gateway, wanted) { AsksAgain = MostTries };
        var run = new OrderRun(call, book, crowd);
        var ended = await run.RunAsync(buyers, rate: null, waits: true, cancel);
        var lasted = Stopwatch.GetElapsedTime(begun);
        queries = book.Queries - queries;
        var cost = await meter.EndAsync(settle: true, CancellationToken.None);

        var endings = await OrderBook.EndingsAsync(shop.Info.DatabaseOf("ordering"), [.. run.Placed.Select(placed => placed.Id).OfType<Guid>()], CancellationToken.None);
        var sold = endings.Count(ending => ending.IsSold);
        var (onHand, reserved) = await StockAsync(shop.Info, wanted[0]);

        Console.WriteLine($"{buyers} buyers, {pieces} pieces: {sold} sold, {onHand} left, {reserved} reserved");
        Console.WriteLine($"all ended  {lasted.TotalSeconds:0.0} s after the first call; the call {new Percentiles(run.Placed.Select(placed => placed.Milliseconds))}");
        Console.WriteLine($"{call.AskedAgain,6} × told to come again (503), and came again with the same key");
        foreach (var kind in endings.GroupBy(ending => ending.IsSold ? "confirmed" : $"{ending.Status}: {ending.Reason}"))
            Console.WriteLine($"{kind.Count(),6} × {kind.Key}, placed → ended {new Percentiles(kind.Select(ending => (ending.EndedAt - ending.PlacedAt).TotalMilliseconds))}");
        foreach (var kind in run.Placed.Where(placed => placed.Error is not null).GroupBy(placed => placed.Error))
            Console.WriteLine($"{kind.Count(),6} × not accepted: {kind.Key}");
        Console.WriteLine($"commits    {cost.Database.AllCommits - queries} in all, {cost.Database.Writes} of them writing, {cost.Database.Flushes} waits for the disk; CPU {cost.ShopCpu:0.0} s");

        var exact = sold == pieces && onHand == 0 && reserved == 0;
        Console.WriteLine(exact ? "exactly the pieces there were have been sold" : "NOT exactly the pieces there were have been sold");
        return ended && exact;
    }

    /// <summary>Asked where it is kept: what the gateway shows may be a moment old.</summary>
    private static async Task<(long OnHand, long Reserved)> StockAsync(ShopInfo shop, Guid product)
    {
        await using var connection = await ServerConnection.OpenAsync(shop.DatabaseOf("inventory"), CancellationToken.None);
        await using var command = new NpgsqlCommand("select on_hand, reserved from stock where product_id = $1", connection) { Parameters = { new() { Value = product } } };
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? (row.GetInt64(0), row.GetInt64(1)) : throw new MistakeException($"Inventory does not know the product {product}.");
    }
}
