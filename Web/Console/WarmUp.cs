using Shop.Console.Products;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Console;

internal static class WarmUp
{
    public static void AddConsoleWarmUp(this IHostApplicationBuilder builder) => builder.AddWarmUp("a list of products", async (services, cancel) =>
        await services.GetRequiredService<ProductCalls>().ListAsync(null, null, cancel));
}
