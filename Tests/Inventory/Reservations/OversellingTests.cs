using Shop.Inventory.Tests.Running;

namespace Shop.Inventory.Tests.Reservations;

public sealed class OversellingTests(RunningInventory inventory)
{
    [Fact]
    public async Task Two_hundred_buyers_of_a_hundred_pieces_buy_exactly_a_hundred()
    {
        var product = await inventory.ProductAsync(100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => BuyAsync((product, 1))));

        Assert.Equal((100, 100), (answers.Count("done".Equals), answers.Count("out_of_stock".Equals)));
        Assert.Equal((0, 0), (await inventory.Database.StockAsync(product)) is var (onHand, reserved, _) ? (onHand, reserved) : default);
        Assert.Single(await inventory.Database.PayloadsAsync(product, "SoldOut"));
    }

    [Fact]
    public async Task Orders_that_cross_each_other_never_wait_for_ever()
    {
        var products = new List<Guid>();
        for (var i = 0; i < 8; i++)
            products.Add(await inventory.ProductAsync(300));

        // Every order has the products in another order.
        var random = new Random(1);
        var orders = Enumerable.Range(0, 150).Select(_ => products.OrderBy(_ => random.Next()).Take(5).Select(product => (product, random.Next(1, 4))).ToArray()).ToList();
        var answers = await Task.WhenAll(orders.Select(BuyAsync));

        Assert.All(answers, answer => Assert.True(answer is "done" or "out_of_stock", answer));
        Assert.Equal([0L], await inventory.Database.QueryAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
        var sold = orders.Zip(answers).Where(order => order.Second == "done").SelectMany(order => order.First).ToLookup(line => line.product, line => (long)line.Item2);
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
        await inventory.ReserveAsync(order, (plenty, 3), (scarce, 1));      // a refusal is not remembered: there may be more later
        Assert.Equal((10, 3, 3), await inventory.Database.StockAsync(plenty));
    }

    [Fact]
    public Task A_product_that_nobody_knows_is_out_of_stock() =>
        Answers.RefusedAsync("out_of_stock", () => inventory.ReserveAsync(Guid.CreateVersion7(), (Guid.CreateVersion7(), 1)));

    [Fact]
    public async Task The_database_itself_refuses_what_cannot_be()
    {
        var product = await inventory.ProductAsync(5);
        foreach (var change in new[] { "on_hand = -1", "reserved = 6", "reserved = -1" })
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => inventory.Database.QueryAsync<int>($"update stock set {change} where product_id = @product", new { product }));
    }

    private async Task<string> BuyAsync(params (Guid, int)[] lines)
    {
        var order = Guid.CreateVersion7();
        return await Answers.OfAsync(async () =>
        {
            await inventory.ReserveAsync(order, lines);
            await inventory.ConfirmAsync(order);
        });
    }
}
