using Grpc.Core;
using Shop.Inventory.Tests.Running;

namespace Shop.Inventory.Tests.Stock;

public sealed class GetStockTests(RunningInventory inventory)
{
    [Fact]
    public async Task Unknown_products_are_left_out()
    {
        var product = await inventory.ProductAsync(5);
        await inventory.ReserveAsync(Guid.CreateVersion7(), (product, 2));

        var stock = (await inventory.AsOperator.GetStockAsync(new() { ProductIds = { product.ToString(), "nonsense", Guid.CreateVersion7().ToString() } })).Stock;

        Assert.Equal([(product.ToString(), 5, 2, 3)], stock.Select(item => (item.ProductId, item.OnHand, item.Reserved, item.Available)));
    }

    [Fact]
    public Task More_than_100_are_too_many() => Answers.FailsAsync(StatusCode.InvalidArgument, async () =>
        await inventory.AsOperator.GetStockAsync(new() { ProductIds = { Enumerable.Range(0, 101).Select(_ => Guid.CreateVersion7().ToString()) } }));
}
