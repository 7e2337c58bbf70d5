using Shop.Inventory.Expiry;
using Shop.Inventory.Tests.Running;
using Shop.Testing;
using InventoryClient = Shop.Inventory.V1.InventoryService.InventoryServiceClient;

namespace Shop.Inventory.Tests.Expiry;

public sealed class ExpiryTests(RunningInventory inventory)
{
    [Fact]
    public async Task Overdue_stock_is_available_again()
    {
        var product = await inventory.ProductAsync(10);
        var (late, good) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await inventory.ReserveAsync(late, (product, 4));
        await inventory.ReserveAsync(good, (product, 5));
        await inventory.Database.ExpireAsync(late);

        await SweepAsync();

        Assert.Equal((10, 5), await StockAsync(product));
        Assert.Equal("expired", await inventory.Database.StatusAsync(late));
        await Answers.RefusedAsync("reservation_expired", () => inventory.ConfirmAsync(late));
        await Answers.RefusedAsync("reservation_expired", () => inventory.ReserveAsync(late, (product, 4)));
        await inventory.ReleaseAsync(late);      // a release of an expired reservation succeeds
        await inventory.ConfirmAsync(good);
        Assert.Equal((5, 0), await StockAsync(product));
    }

    [Fact]
    public async Task An_overdue_reservation_cannot_be_confirmed_even_before_it_expires()
    {
        var product = await inventory.ProductAsync(10);
        var order = Guid.CreateVersion7();
        await inventory.ReserveAsync(order, (product, 4));
        await inventory.Database.ExpireAsync(order);

        Assert.Contains(await Answers.OfAsync(() => inventory.ConfirmAsync(order)), new[] { "reservation_expired" });
    }

    [Fact]
    public async Task Concurrent_expiry_confirmation_and_release_have_one_winner()
    {
        var product = await inventory.ProductAsync(10_000);
        var sold = 0;
        for (var round = 0; round < 8; round++)
        {
            var orders = Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7()).ToArray();
            await Task.WhenAll(orders.Select(order => inventory.ReserveAsync(order, (product, 3))));

            // Expiry starts in the middle, each time at another moment.
            var confirming = orders.Select((order, i) => Answers.OfAsync(() => Replica(i).ConfirmAsync(new() { OrderId = order.ToString() }).ResponseAsync));
            var releasing = orders.Where((_, i) => i % 3 == 0).Select((order, i) => Answers.OfAsync(() => Replica(i).ReleaseAsync(new() { OrderId = order.ToString() }).ResponseAsync));
            var all = Task.WhenAll(confirming.Concat(releasing).ToList());
            await inventory.Database.ExpireAsync(orders[(5 * round)..]);
            await Task.WhenAll(all, SweepAsync(), SweepAsync(), SweepAsync());
            await SweepAsync();

            var statuses = await inventory.Database.QueryAsync<string>("select status from reservations where order_id = any(@orders)", new { orders });
            Assert.DoesNotContain("reserved", statuses);
            Assert.Equal(statuses.Count("confirmed".Equals), (await all).Take(orders.Length).Count("done".Equals));
            sold += statuses.Count("confirmed".Equals);
        }

        Assert.Equal((10_000 - 3 * sold, 0), await StockAsync(product));
    }

    [Fact]
    public async Task Several_workers_share_the_work()
    {
        var product = await inventory.ProductAsync(1_000);
        var orders = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToArray();
        await Task.WhenAll(orders.Select(order => inventory.ReserveAsync(order, (product, 1))));
        await inventory.Database.ExpireAsync(orders);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SweepAsync()));
        await Eventually.TrueAsync(async () => await StockAsync(product) == (1_000, 0), "all is swept up");
    }

    [Fact]
    public async Task Old_reservations_are_purged_and_sales_last()
    {
        var product = await inventory.ProductAsync(10);
        var (sold, released, young) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var order in new[] { sold, released, young })
            await inventory.ReserveAsync(order, (product, 1));
        await inventory.ConfirmAsync(sold);
        await inventory.ReleaseAsync(released);
        await inventory.ReleaseAsync(young);
        await inventory.Database.AgeAsync(sold, TimeSpan.FromDays(31));
        await inventory.Database.AgeAsync(released, TimeSpan.FromDays(31));

        await ForgetAsync();

        Assert.Equal(("confirmed", null, "released"), (await inventory.Database.StatusAsync(sold), await inventory.Database.StatusAsync(released), await inventory.Database.StatusAsync(young)));
        await inventory.Database.AgeAsync(sold, TimeSpan.FromDays(366));
        await ForgetAsync();
        Assert.Null(await inventory.Database.StatusAsync(sold));
    }

    private Task ForgetAsync() => inventory.RunAsync<IServiceProvider, bool>(async services =>
    {
        await services.RunOnceAsync(TestContext.Current.CancellationToken);
        return true;
    });

    private InventoryClient Replica(int i) => i % 2 == 0 ? inventory.Inventory : inventory.Other;

    private async Task SweepAsync()
    {
        while ((await inventory.RunAsync<ExpireReservations, (int, bool IsFull)>(expire => expire.RunAsync(TestContext.Current.CancellationToken))).IsFull)
        {
        }
    }

    private async Task<(long, long)> StockAsync(Guid product)
    {
        var (onHand, reserved, _) = await inventory.Database.StockAsync(product);
        return (onHand, reserved);
    }
}
