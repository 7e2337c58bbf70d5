using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.PaymentProvider.Database;

internal static class DatabaseExtensions
{
    public const string ConnectionName = "payment-provider";

    // All services share one server, where each connection costs megabytes. Calls wait for a connection instead.
    private const int MaxConnections = 16;

    public static void AddProviderDb(this IHostApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString(ConnectionName)
            ?? throw new InvalidOperationException($"The connection string '{ConnectionName}' is missing (ConnectionStrings__{ConnectionName}).");

        // There are few statements, so each is prepared once per connection. The pool does not reset connections.
        connection = new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = MaxConnections, MaxAutoPrepare = 32, NoResetOnClose = true }.ConnectionString;
        builder.Services.AddDbContextPool<ProviderDb>(options => options.UseNpgsql(connection, postgres => postgres.EnableRetryOnFailure()));
        builder.Services.AddHealthChecks().AddDbContextCheck<ProviderDb>("database");
        builder.Services.AddHostedService<MigrateAtStart>();
    }
}
