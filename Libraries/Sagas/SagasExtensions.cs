using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Persistence;
using Shop.Persistence.Replicas;
using Shop.Persistence.Schema;
using Shop.Persistence.Workers;
using Shop.Sagas.Definition;
using Shop.Sagas.Engine;
using Shop.Sagas.Inspection;
using Shop.Sagas.Store;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Sagas;

/// <summary>Registration of sagas.</summary>
public static class SagasExtensions
{
    /// <summary>Registers sagas and their engine, in the database that <c>AddDatabase</c> has added. The context maps their table by <see cref="AddSagas(ModelBuilder)"/>.</summary>
    public static IHostApplicationBuilder AddSagas(this IHostApplicationBuilder builder, Action<SagasBuilder> configure)
    {
        builder.AddValidatedOptions<SagaOptions>(SagaOptions.Section);

        var registered = new RegisteredSagas();
        configure(new(builder.Services, registered));

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(registered);
        services.AddSingleton<SagaCatalog>();
        services.AddSingleton<SagaStarter>();
        services.AddSingleton<SagaStore>();
        services.AddSingleton<SagaWriter>();
        services.AddSingleton<SagaSignals>();
        services.AddSingleton<ISignalListener>(provider => provider.GetRequiredService<SagaSignals>());
        services.AddWorker<SagaStatistics>();
        services.AddWorker<SagaRunner>();   // registered last, so it stops first
        services.AddSingleton(provider => new SagaOperations(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<SagaCatalog>(),
            provider.GetRequiredService<SagaSignals>(), provider.GetRequiredService<ILogger<SagaOperations>>()));
        AddTables(services);
        return builder;
    }

    /// <summary>
    /// Maps the table that <c>db.Start</c> writes to. The library creates it (schema <c>sagas</c>); it is not part of the service's migrations.
    /// </summary>
    public static ModelBuilder AddSagas(this ModelBuilder model)
    {
        // Kept out of the services' migration snapshots: a change here would change them all.
        if (!EF.IsDesignTime)
            SagaRow.Map(model);
        return model;
    }

    private static void AddTables(IServiceCollection services)
    {
        services.AddSingleton(new SchemaDefinition("sagas", typeof(SagasExtensions).Assembly));
        services.AddSingleton(new LeaseRelease(
            "update sagas.saga set lease_until = now() where ended_at is null and lease_until > now() and lease_owner = any($1)"));
        // A log entry is kept as long as its saga. The id bounds the search: a saga starts before it ends.
        services.AddDayPartitions(provider => new("sagas.saga_log", "saga_id", Retention(provider), "exists (select from sagas.saga s where s.id = r.saga_id)"));
        services.AddPurge(provider => new("sagas.saga", "id < persistence.first_id(now() - $1) and ended_at < now() - $1", Retention(provider)));
    }

    private static TimeSpan Retention(IServiceProvider provider) => provider.GetRequiredService<IOptions<SagaOptions>>().Value.Retention;
}
