using Shop.Load.Customers;
using Shop.Load.Orders;
using Shop.Load.Running;

namespace Shop.Load.Steps;

/// <summary><c>steps</c>: where the time of an order goes.</summary>
internal static class StepsLoad
{
    public static async Task<bool> RunAsync(RunningShop shop, int count, int buyers, CancellationToken cancel)
    {
        using var gateway = new GatewayClient(shop.Info.Gateway);
        Progress.Say("buyers sign up, products are created…");
        var members = await Buyer.SignUpAsync(gateway, buyers, cancel);
        var call = new OrderCall(gateway, await TestProducts.CreateAsync(gateway, shop.Info, products: 20, onHand: 100_000_000, cancel));
        await WarmUp.RunAsync(shop.Info, call, members, orders: 300, cancel);

        await using var tracker = await OrderTracker.OpenAsync(shop.Info.DatabaseOf("ordering"), cancel);
        var run = new OrderRun(call, tracker, members);
        Progress.Say($"{count} orders by {buyers} buyer{(buyers == 1 ? "" : "s")}…");
        var ended = await run.RunAsync(count, rate: null, waits: true, cancel);
        var orders = run.Placed.Select(placed => placed.Id).OfType<Guid>().ToList();
        var endings = await OrderTracker.EndingsAsync(shop.Info.DatabaseOf("ordering"), orders, CancellationToken.None);
        await SagaSteps.PrintAsync(
            shop.Info, orders,
            new(run.Placed.Where(placed => placed.Id is not null).Select(placed => placed.Milliseconds)),
            new(endings.Select(ending => (ending.EndedAt - ending.PlacedAt).TotalMilliseconds)),
            CancellationToken.None);
        return ended;
    }
}
