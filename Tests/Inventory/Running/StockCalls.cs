using Shop.Inventory.Stock;
using Shop.Inventory.V1;
using Shop.Persistence;

namespace Shop.Inventory.Tests.Running;

/// <summary>Calls that many tests make.</summary>
internal static class StockCalls
{
    /// <summary>Adds a product by its event and sets its stock.</summary>
    public static async Task<Guid> ProductAsync(this RunningInventory inventory, long onHand)
    {
        var product = Guid.CreateVersion7();
        await inventory.AddProductAsync(product);
        await inventory.AsOperator.SetStockAsync(new() { ProductId = product.ToString(), OnHand = onHand });
        return product;
    }

    public static Task<int> AddProductAsync(this RunningInventory inventory, Guid product) => inventory.RunAsync<InventoryDb, int>(db => db.InTransactionAsync(async token =>
    {
        await new OpenStock(db).HandleAsync(new() { ProductId = product.ToString() }, null!, token);
        return 0;
    }, TestContext.Current.CancellationToken));

    public static Task ReserveAsync(this RunningInventory inventory, Guid order, params (Guid Product, int Quantity)[] lines) =>
        inventory.Inventory.ReserveAsync(Request(order, lines)).ResponseAsync;

    public static ReserveRequest Request(Guid order, params (Guid Product, int Quantity)[] lines) => new()
    {
        OrderId = order.ToString(),
        Lines = { lines.Select(line => new StockLine { ProductId = line.Product.ToString(), Quantity = line.Quantity }) },
        ExpiresIn = new() { Seconds = 600 },
    };

    public static Task ConfirmAsync(this RunningInventory inventory, Guid order) => inventory.Inventory.ConfirmAsync(new() { OrderId = order.ToString() }).ResponseAsync;

    public static Task ReleaseAsync(this RunningInventory inventory, Guid order) => inventory.Inventory.ReleaseAsync(new() { OrderId = order.ToString() }).ResponseAsync;

    public static Task RestockAsync(this RunningInventory inventory, Guid order) => inventory.Inventory.RestockAsync(new() { OrderId = order.ToString() }).ResponseAsync;
}
