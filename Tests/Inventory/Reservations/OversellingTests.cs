using Shop.Inventory.Expiry;
using Shop.Inventory.Tests.Running;
using InventoryClient = Shop.Inventory.V1.InventoryService.InventoryServiceClient;

namespace Shop.Inventory.Tests.Reservations;

public sealed class OversellingTests(RunningInventory inventory)
{
    [Fact]
    public async Task A_thousand_buyers_of_a_hundred_pieces_at_two_replicas_buy_exactly_a_hundred_and_share_the_commits()
    {
        var product = await inventory.ProductAsync(100);
        var before = (await inventory.Database.StockAsync(product)).Version;

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => BuyAsync(i, (product, 1))));

        Assert.Equal((100, 900), (answers.Count("done".Equals), answers.Count("out_of_stock".Equals)));
        var (onHand, reserved, version) = await inventory.Database.StockAsync(product);
        Assert.Equal((0, 0), (onHand, reserved));
        Assert.Single(await inventory.Database.PayloadsAsync(product, "SoldOut"));
        // The version counts the commits that changed the stock: far fewer than the 200 commands, with one event each.
        Assert.InRange(version - before, 2, 150);
        Assert.Equal(version, (await inventory.Database.PayloadsAsync(product, "StockChanged")).Count);
    }

    [Fact]
    public async Task Crossing_orders_at_two_replicas_never_deadlock()
    {
        var products = new List<Guid>();
        for (var i = 0; i < 8; i++)
            products.Add(await inventory.ProductAsync(300));

        // Each order lists the products in a different sequence. A third of the orders is released at once, at the other replica; the others expire meanwhile unless confirmed.
        var random = new Random(1);
        var orders = Enumerable.Range(0, 200).Select(_ => products.OrderBy(_ => random.Next()).Take(5).Select(product => (product, random.Next(1, 4))).ToArray()).ToList();
        var abandoned = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToArray();
        await Task.WhenAll(abandoned.Select((order, i) => inventory.ReserveAsync(order, [.. orders[i].Select(line => (line.product, 1))])));
        await inventory.Database.ExpireAsync(abandoned);
        var sweeping = Task.WhenAll(SweepAsync(), SweepAsync());
        var answers = await Task.WhenAll(orders.Select((lines, i) => i % 3 == 0 ? GiveUpAsync(i, lines) : BuyAsync(i, lines)));
        await sweeping;

        Assert.All(answers, answer => Assert.True(answer is "done" or "out_of_stock" or "released", answer));
        Assert.Equal([0L], await inventory.Database.QueryAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
        var sold = orders.Zip(answers).Where((order, i) => i % 3 != 0 && order.Second == "done").SelectMany(order => order.First).ToLookup(line => line.product, line => (long)line.Item2);
        foreach (var product in products)
        {
            var (onHand, reserved, _) = await inventory.Database.StockAsync(product);
            Assert.Equal((300 - sold[product].Sum(), 0), (onHand, reserved));
        }
    }

    [Fact]
    public async Task An_order_gets_all_its_lines_or_none()
    {
        var (plenty, scarce) = (await inventory.ProductAsync(10), await inventory.ProductAsync(1));
        var order = Guid.CreateVersion7();

        await Answers.RefusedAsync("out_of_stock", () => inventory.ReserveAsync(order, (plenty, 3), (scarce, 2)));

        Assert.Equal((10, 0, 2), await inventory.Database.StockAsync(plenty));
        Assert.Equal((1, 0, 2), await inventory.Database.StockAsync(scarce));
        Assert.Null(await inventory.Database.StatusAsync(order));
        await inventory.ReserveAsync(order, (plenty, 3), (scarce, 1));      // a refusal is not stored: there may be stock later
        Assert.Equal((10, 3, 3), await inventory.Database.StockAsync(plenty));
    }

    [Fact]
    public Task An_unknown_product_is_out_of_stock() =>
        Answers.RefusedAsync("out_of_stock", () => inventory.ReserveAsync(Guid.CreateVersion7(), (Guid.CreateVersion7(), 1)));

    [Fact]
    public async Task The_database_enforces_the_invariants()
    {
        var product = await inventory.ProductAsync(5);
        foreach (var change in new[] { "on_hand = -1", "reserved = 6", "reserved = -1" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => inventory.Database.QueryAsync<int>($"update stock set {change} where product_id = @product", new { product }));
    }

    private InventoryClient Replica(int i) => i % 2 == 0 ? inventory.Inventory : inventory.Other;

    private Task<string> BuyAsync(int i, params (Guid, int)[] lines)
    {
        var order = Guid.CreateVersion7();
        return Answers.OfAsync(async () =>
        {
            await Replica(i).ReserveAsync(StockCalls.Request(order, lines));
            await Replica(i + 1).ConfirmAsync(new() { OrderId = order.ToString() });
        });
    }

    private async Task<string> GiveUpAsync(int i, params (Guid, int)[] lines)
    {
        var order = Guid.CreateVersion7();
        var reserving = Answers.OfAsync(() => Replica(i).ReserveAsync(StockCalls.Request(order, lines)).ResponseAsync);
        await Replica(i + 1).ReleaseAsync(new() { OrderId = order.ToString() });
        return await reserving;
    }

    private async Task SweepAsync()
    {
        while ((await inventory.RunAsync<ExpireReservations, (int Expired, bool)>(expire => expire.RunAsync(TestContext.Current.CancellationToken))).Expired > 0)
        {
        }
    }
}
