using Shop.Inventory.Seed;
using Shop.Inventory.Tests.Running;

namespace Shop.Inventory.Tests.Stock;

public sealed class SeedTests(RunningInventory inventory)
{
    [Fact]
    public async Task The_opening_stock_is_set_and_published()
    {
        var (products, onHand) = OpeningStock.Read();

        Assert.True(products.Length >= 200);
        Assert.InRange(onHand.Count(0L.Equals), 1, 10);
        Assert.Equal((onHand[7], 0, 1), await inventory.Database.StockAsync(products[7]));
        Assert.Equal(["StockChanged"], await inventory.Database.EventsOfAsync(products[7]));
    }

    [Fact]
    public async Task A_second_seed_keeps_counts_and_sales()
    {
        var (products, onHand) = OpeningStock.Read();
        var sold = Array.FindIndex(onHand, count => count is > 5 and < 30);
        await inventory.ReserveAsync(Guid.CreateVersion7(), (products[sold], 2));

        Assert.Equal(0, await inventory.RunAsync<InventoryDb, int>(db => SeedStock.SeedAsync(db, TestContext.Current.CancellationToken)));
        Assert.Equal((onHand[sold], 2, 2), await inventory.Database.StockAsync(products[sold]));
    }

    [Fact]
    public async Task A_product_whose_event_came_first_is_seeded_too()
    {
        var (products, onHand) = OpeningStock.Read();
        var product = products[^1];
        await inventory.Database.QueryAsync<int>("update stock set on_hand = 0, version = 1 where product_id = @product returning 1", new { product });

        Assert.Equal(1, await inventory.RunAsync<InventoryDb, int>(db => SeedStock.SeedAsync(db, TestContext.Current.CancellationToken)));
        Assert.Equal((onHand[^1], 0, 2), await inventory.Database.StockAsync(product));
    }
}
