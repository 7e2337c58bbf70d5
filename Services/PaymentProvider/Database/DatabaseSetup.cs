using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.PaymentProvider.Database;

internal static class DatabaseSetup
{
    public const string ConnectionName = "payment-provider";

    // All share one server, and each connection costs it megabytes: a call that waits for its turn is better.
    private const int MostConnections = 16;

    public static void AddProviderDb(this IHostApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException($"The connection string '{ConnectionName}' is missing (ConnectionStrings__{ConnectionName}).");

        // The same few statements run again and again: prepared once for each connection, which goes back to the pool as it is.
        connection = new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = MostConnections, MaxAutoPrepare = 32, NoResetOnClose = true }.ConnectionString;
        builder.Services.AddDbContextPool<ProviderDb>(options => options.UseNpgsql(connection, postgres => postgres.EnableRetryOnFailure()));
        builder.Services.AddHealthChecks().AddDbContextCheck<ProviderDb>("database");
        builder.Services.AddHostedService<MigrateAtStart>();
    }
}
