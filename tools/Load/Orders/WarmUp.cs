using Shop.Load.Customers;
using Shop.Load.Running;

namespace Shop.Load.Orders;

/// <summary>Warms up the shop: code is compiled when it first runs, and optimised when it has run often.</summary>
internal static class WarmUp
{
    private const int MaxBuyers = 16;

    public static async Task RunAsync(ShopInfo shop, OrderCall call, IReadOnlyList<Buyer> buyers, int orders, CancellationToken cancel)
    {
        if (orders == 0)
            return;
        Progress.Say($"warming up with {orders} orders…");
        await using var tracker = await OrderTracker.OpenAsync(shop.DatabaseOf("ordering"), cancel);
        var run = new OrderRun(call, tracker, [.. buyers.Take(MaxBuyers)]);
        if (!await run.RunAsync(orders, rate: null, waits: true, cancel))
            throw new MistakeException("the warm-up did not end in time.");
        if (run.Placed.Select(placed => placed.Error).OfType<string>().FirstOrDefault() is { } error)
            Progress.Say($"in the warm-up an order was answered with {error}");
    }
}
