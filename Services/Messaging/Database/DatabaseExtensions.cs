using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Shop.Messaging.Database;
using Shop.ServiceDefaults;

namespace Shop.Messaging;

public static class DatabaseExtensions
{
    /// <summary>
    /// Gives the service its database: a pooled <typeparamref name="TDb"/>, migrated at start together with Messaging's own tables.
    /// Until that has happened the service is not ready (health check <c>migrations</c>).
    /// </summary>
    /// <param name="plansByValue">
    /// Whether the server may plan a statement anew for each set of values: worth it where the best way to the rows depends on them, as in a search. Else a statement
    /// is planned once for each connection.
    /// </param>
    public static IHostApplicationBuilder AddDatabase<TDb>(this IHostApplicationBuilder builder, string connectionName, bool plansByValue = false) where TDb : DbContext
    {
        builder.AddValidatedOptions<DatabaseOptions>(DatabaseOptions.Section);
        var options = builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new();
        var commits = new CommitInterceptor();
        NpgsqlDataSource? source = null;
        string? connectionString = null;
        NpgsqlDataSource Source() => LazyInitializer.EnsureInitialized(ref source, () => DatabaseSource.Create(connectionString, connectionName, options, plansByValue));

        builder.AddNpgsqlDbContext<TDb>(connectionName,
            settings =>
            {
                connectionString = settings.ConnectionString;
                settings.DisableRetry = true;   // ours, below, knows about explicit transactions
                // ServiceDefaults listens to Npgsql. The component would also start collecting where there is no collector.
                settings.DisableTracing = settings.DisableMetrics = true;
            },
            context => context
                // One pool for EF and for Messaging's own SQL.
                .UseNpgsql(Source(), npgsql => npgsql
                    .CommandTimeout((int)options.CommandTimeout.TotalSeconds)
                    .ExecutionStrategy(dependencies => new RetryOutsideTransactions(dependencies)))
                .UseSnakeCaseNamingConvention()
                .ReplaceService<IHistoryRepository, MigrationHistory>()
                .AddInterceptors(commits));

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => Source());
        builder.Services.AddSingleton(_ => new SessionConnections(() => DatabaseSource.CreateUnpooled(connectionString, connectionName, options)));
        builder.Services.AddSingleton(commits);
        builder.Services.AddSingleton(new ServiceDatabase(typeof(TDb)));
        builder.Services.AddSingleton<DayPartitions>();
        builder.Services.AddSingleton<DatabaseReadiness>();
        builder.Services.AddHostedService<DatabaseMigration>();
        builder.Services.AddSingleton<DatabaseSpace>();
        builder.AddWarmConnection("database", DatabaseWarmUp.ConnectAsync);
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseReadiness>("migrations", HealthStatus.Unhealthy)
            .AddCheck<DatabaseSpace>(DatabaseSpace.HealthCheck, HealthStatus.Degraded);
        return builder;
    }

    /// <summary>Gives a table of the service a partition a day (UTC), made ahead and dropped after its retention. The migration that makes it has a default partition <c>{table}_default</c>.</summary>
    /// <param name="table">With its schema, unless that is <c>public</c>. From code, never from input: it becomes part of SQL.</param>
    /// <param name="key">The column that says on which day a row belongs: a UUIDv7 or a timestamptz.</param>
    /// <param name="retention">Whole days that lie before it are dropped.</param>
    public static IServiceCollection AddDayPartitions(this IServiceCollection services, string table, string key, TimeSpan retention) =>
        services.AddSingleton(new DayPartitionedTable(table, key, retention));
}
