using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Persistence.Commits;
using Shop.Persistence.Connections;
using Shop.Persistence.Replicas;
using Shop.Persistence.Retention;
using Shop.Persistence.Schema;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Persistence;

/// <summary>Registration of a service's database.</summary>
public static class DatabaseExtensions
{
    /// <summary>
    /// Registers the service's database: a pooled <typeparamref name="TDb"/>, migrated at start together with the libraries' own tables.
    /// Until then the service is not ready (health check <c>migrations</c>). Call it once, before <c>AddMessaging</c> and <c>AddSagas</c>.
    /// </summary>
    /// <param name="plansByValue">
    /// True: the server may plan a statement anew for each set of values, which pays where the best plan depends on them, as in a search. False: a statement is planned
    /// once for each connection.
    /// </param>
    public static IHostApplicationBuilder AddDatabase<TDb>(this IHostApplicationBuilder builder, string connectionName, bool plansByValue = false) where TDb : DbContext
    {
        builder.AddValidatedOptions<DatabaseOptions>(DatabaseOptions.Section);
        builder.AddValidatedOptions<ReplicaOptions>(ReplicaOptions.Section);
        var options = builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new();
        var observers = new CommitObservers();
        var commits = new CommitInterceptor(observers);
        NpgsqlDataSource? source = null;
        string? connectionString = null;
        NpgsqlDataSource Source() => LazyInitializer.EnsureInitialized(ref source, () => DatabaseSource.Create(connectionString, connectionName, options, plansByValue));

        builder.AddNpgsqlDbContext<TDb>(connectionName,
            settings =>
            {
                connectionString = settings.ConnectionString;
                settings.DisableRetry = true;   // replaced below by a strategy that allows explicit transactions
                // ServiceDefaults subscribes to Npgsql's telemetry. The component would also collect it where there is no collector.
                settings.DisableTracing = settings.DisableMetrics = true;
            },
            context => context
                // One pool for EF and for the libraries' own SQL.
                .UseNpgsql(Source(), npgsql => npgsql
                    .CommandTimeout((int)options.CommandTimeout.TotalSeconds)
                    .ExecutionStrategy(dependencies => new RetryOutsideTransactions(dependencies)))
                .UseSnakeCaseNamingConvention()
                .ReplaceService<IHistoryRepository, MigrationHistory>()
                .AddInterceptors(commits));

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => Source());
        services.AddSingleton(_ => new SessionConnections(() => DatabaseSource.CreateUnpooled(connectionString, connectionName, options)));
        services.AddSingleton(observers);
        services.AddSingleton(new ServiceDatabase(typeof(TDb)));
        services.AddSingleton<SchemaScripts>();
        services.AddSingleton<DatabaseReadiness>();
        services.AddHostedService<DatabaseMigration>();
        services.AddSingleton<DatabaseSpace>();
        builder.AddWarmConnection("database", DatabaseWarmUp.ConnectAsync);
        services.AddHealthChecks()
            .AddCheck<DatabaseReadiness>("migrations", HealthStatus.Unhealthy)
            .AddCheck<DatabaseSpace>(DatabaseSpace.HealthCheck, HealthStatus.Degraded);
        AddReplicas(services);
        AddRetention(services);
        return builder;
    }

    private static void AddReplicas(IServiceCollection services)
    {
        services.AddSingleton<ReplicaIdentity>();
        services.AddSingleton<ReplicaPresence>();
        services.AddSingleton<ReplicaSignals>();
        services.AddSingleton(provider => new ReplicaWorker(provider.GetRequiredService<ReplicaPresence>(), provider.GetRequiredService<DatabaseReadiness>(),
            provider.GetRequiredService<IOptions<ReplicaOptions>>(), provider.GetRequiredService<ILogger<ReplicaWorker>>()));
        services.AddHostedService(provider => provider.GetRequiredService<ReplicaWorker>());
        services.AddWorker<SignalReceiver>();
    }

    private static void AddRetention(IServiceCollection services)
    {
        services.AddSingleton<DayPartitions>();
        services.AddWorker<Housekeeping>();
        services.AddHealthChecks().AddCheck<Housekeeping>(Housekeeping.HealthCheck, HealthStatus.Degraded);
    }
}
