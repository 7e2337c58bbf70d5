using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Inventory.Seed;

internal static class SeedExtensions
{
    public static void AddSeed(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<SeedOptions>(SeedOptions.Section);
        builder.Services.AddWorker<SeedStock>();
        builder.Services.AddHealthChecks().AddCheck<SeedStock>("opening stock");
    }
}
