using Shop.Catalog.Listing;
using Shop.Catalog.Products;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Catalog;

internal static class WarmUp
{
    /// <summary>A size that no client uses: first pages are cached, and there may be no products yet.</summary>
    private const int PageSize = 19;

    private static readonly (Language Language, string Words)[] Searches =
    [
        // A hit, a near miss and no hit run different code, in each language.
        (Language.Ko, ""), (Language.Ko, "키보드"), (Language.En, "keyboard"), (Language.Ko, "무선마우스"), (Language.En, "keybord"), (Language.En, "xylophone"),
    ];

    public static void AddCatalogWarmUp(this IHostApplicationBuilder builder)
    {
        builder.AddWarmUp("searches", async (services, cancel) =>
        {
            foreach (var (language, words) in Searches)
                await services.GetRequiredService<ListProducts>().HandleAsync(new() { Query = words, Language = language, PageSize = PageSize }, cancel);
        });
        builder.AddWarmUp("prices", (services, cancel) =>
            services.GetRequiredService<GetProducts>().HandleAsync(new() { ProductIds = { Guid.CreateVersion7().ToString() } }, cancel));
    }
}
