using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Catalog.Seed;

internal static class SeedExtensions
{
    public static void AddSeed(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<SeedOptions>(SeedOptions.Section);
        builder.Services.AddWorker<SeedProducts>();
        builder.Services.AddHealthChecks().AddCheck<SeedProducts>("sample products");
    }
}
