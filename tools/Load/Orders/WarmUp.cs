using Shop.Load.Customers;
using Shop.Load.Running;

namespace Shop.Load.Orders;

/// <summary>Code is compiled when it first runs, and better when it has run often.</summary>
public static class WarmUp
{
    private const int MostBuyers = 16;

    public static async Task RunAsync(ShopInfo shop, OrderCall call, IReadOnlyList<Buyer> buyers, int orders, CancellationToken cancel)
    {
        if (orders == 0)
            return;
        Progress.Say($"warming up with {orders} orders…");
        await using var book = await OrderBook.OpenAsync(shop.DatabaseOf("ordering"), cancel);
        var run = new OrderRun(call, book, [.. buyers.Take(MostBuyers)]);
        if (!await run.RunAsync(orders, rate: null, waits: true, cancel))
            throw new MistakeException("the warm-up did not end in time.");
        if (run.Placed.Select(placed => placed.Error).OfType<string>().FirstOrDefault() is { } error)
            Progress.Say($"in the warm-up an order was answered with {error}");
    }
}
