using Shop.ServiceDefaults.WarmUp;
using Shop.Storefront.Catalog;

namespace Shop.Storefront;

internal static class WarmUp
{
    public static void AddStorefrontWarmUp(this IHostApplicationBuilder builder) => builder.AddWarmUp("a list of products", async (services, cancel) =>
        await services.GetRequiredService<ProductCalls>().ListAsync(new ProductQuery(null, null, null, null), pageSize: 1, cancel));
}
