using Shop.Inventory.Stock;
using Shop.Persistence;

namespace Shop.Inventory;

internal static class WarmUp
{
    public static void AddInventoryWarmUp(this IHostApplicationBuilder builder) => builder.AddRehearsal<InventoryDb>("a stock query", (services, cancel) =>
        services.GetRequiredService<GetStock>().HandleAsync(new() { ProductIds = { Guid.CreateVersion7().ToString() } }, cancel));
}
