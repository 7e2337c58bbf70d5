using Microsoft.EntityFrameworkCore;

namespace Shop.PaymentProvider.Database;

internal static class DatabaseSetup
{
    public const string ConnectionName = "payment-provider";

    public static void AddProviderDb(this IHostApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException($"The connection string '{ConnectionName}' is missing (ConnectionStrings__{ConnectionName}).");

        builder.Services.AddDbContextPool<ProviderDb>(options => options.UseNpgsql(connection, postgres => postgres.EnableRetryOnFailure()));
        builder.Services.AddHealthChecks().AddDbContextCheck<ProviderDb>("database");
        builder.Services.AddHostedService<MigrateAtStart>();
    }
}
