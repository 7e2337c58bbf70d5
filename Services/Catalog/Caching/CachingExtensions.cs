using Shop.Persistence.Replicas;
using Shop.ServiceDefaults;

namespace Shop.Catalog.Caching;

internal static class CachingExtensions
{
    public static void AddCache(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<CacheOptions>(CacheOptions.Section);
        builder.Services.AddSingleton<CatalogCache>();
        builder.Services.AddSingleton<ProductChanges>();
        builder.Services.AddSingleton<ISignalListener, ProductChangeListener>();
    }
}
