using Shop.Persistence.Replicas;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

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
