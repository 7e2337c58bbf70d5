using Microsoft.Extensions.DependencyInjection;
using Shop.Catalog.Stock;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.Inventory.V1;

namespace Shop.Catalog.Tests.Stock;

public sealed class FollowStockTests(RunningCatalog catalog)
{
    [Theory]
    [InlineData(6, StockState.InStock)]
    [InlineData(5, StockState.Low)]
    [InlineData(1, StockState.Low)]
    [InlineData(0, StockState.SoldOut)]
    public async Task A_product_shows_its_stock(long available, StockState state)
    {
        var product = await catalog.AddAsync("재고", "Stocked");
        Assert.Equal(StockState.Unspecified, product.Stock.State);

        await HearAsync(product.Id, available, version: 3);

        var read = (await catalog.Catalog.GetProductAsync(new() { ProductId = product.Id })).Product;
        Assert.Equal((state, available), (read.Stock.State, read.Stock.Available));
    }

    [Fact]
    public async Task Old_events_change_nothing()
    {
        var product = await catalog.AddAsync("재고", "Stocked");
        await HearAsync(product.Id, 10, version: 5);
        await HearAsync(product.Id, 99, version: 4);
        await HearAsync(product.Id, 98, version: 5);

        Assert.Equal(10, (await catalog.Catalog.GetProductAsync(new() { ProductId = product.Id })).Product.Stock.Available);
    }

    private async Task HearAsync(string productId, long available, long version)
    {
        await using var scope = catalog.Services.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetRequiredService<FollowStock>();
        await handler.HandleAsync(new StockChanged { ProductId = productId, OnHand = available, Available = available, Version = version }, null!, TestContext.Current.CancellationToken);
    }
}
