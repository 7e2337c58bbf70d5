using Shop.ServiceDefaults;

namespace Shop.Inventory.Seed;

internal static class SeedExtensions
{
    public static void AddSeed(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<SeedOptions>(SeedOptions.Section);
        builder.Services.AddSingleton<SeedStock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SeedStock>());
        builder.Services.AddHealthChecks().AddCheck<SeedStock>("opening stock");
    }
}
