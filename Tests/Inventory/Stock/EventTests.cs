using Shop.Inventory.Tests.Running;
using Shop.Inventory.V1;

namespace Shop.Inventory.Tests.Stock;

public sealed class EventTests(RunningInventory inventory)
{
    [Fact]
    public async Task Every_change_is_published_with_its_version()
    {
        var product = await inventory.ProductAsync(5);
        var order = Guid.CreateVersion7();
        await inventory.ReserveAsync(order, (product, 5));
        await inventory.ReleaseAsync(order);
        await inventory.AsOperator.SetStockAsync(new() { ProductId = product.ToString(), OnHand = 0 });

        Assert.Equal(
            ["StockChanged", "StockChanged", "BackInStock", "StockChanged", "SoldOut", "StockChanged", "BackInStock", "StockChanged", "SoldOut"],
            await inventory.Database.EventsOfAsync(product));
        var told = (await inventory.Database.PayloadsAsync(product, "StockChanged")).ConvertAll(StockChanged.Parser.ParseFrom);
        Assert.Equal(
            [(0, 0, 0, 1), (5, 0, 5, 2), (5, 5, 0, 3), (5, 0, 5, 4), (0, 0, 0, 5)],
            told.ConvertAll(stock => (stock.OnHand, stock.Reserved, stock.Available, stock.Version)));
    }

    [Fact]
    public async Task A_stock_row_is_created_once()
    {
        var product = await inventory.ProductAsync(5);
        await inventory.AddProductAsync(product);

        Assert.Equal((5, 0, 2), await inventory.Database.StockAsync(product));
        Assert.Equal(3, (await inventory.Database.EventsOfAsync(product)).Count);
    }

    [Fact]
    public async Task A_refused_order_publishes_nothing()
    {
        var product = await inventory.ProductAsync(5);
        var before = await inventory.Database.EventsOfAsync(product);
        await Answers.RefusedAsync("out_of_stock", () => inventory.ReserveAsync(Guid.CreateVersion7(), (product, 6)));

        Assert.Equal(before, await inventory.Database.EventsOfAsync(product));
    }
}
