using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Catalog.Imports;

internal static class ImportExtensions
{
    public static void AddImport(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<ImportOptions>(ImportOptions.Section);
        builder.Services.AddSingleton<ImportThrottle>();
        builder.Services.AddScoped<ImportProducts>();
    }
}
