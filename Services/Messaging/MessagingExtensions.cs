using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Messaging.Broker;
using Shop.Messaging.Consumers;
using Shop.Messaging.Database;
using Shop.Messaging.Outbox;
using Shop.Messaging.SagaEngine;
using Shop.Messaging.Telemetry;
using Shop.ServiceDefaults;

namespace Shop.Messaging;

public static class MessagingExtensions
{
    /// <summary>
    /// Lets the service publish and handle events and run sagas, all in transactions of <typeparamref name="TDb"/>, which <c>AddDatabase</c> has added.
    /// The broker is the connection string <c>kafka</c>; its clients are configured in the sections <c>Aspire:Confluent:Kafka:Producer</c> and <c>…:Consumer</c>.
    /// </summary>
    public static IHostApplicationBuilder AddMessaging<TDb>(this IHostApplicationBuilder builder, Action<MessagingBuilder> configure) where TDb : DbContext
    {
        builder.AddValidatedOptions<MessagingOptions>(MessagingOptions.Section);
        builder.AddValidatedOptions<OutboxOptions>(MessagingOptions.Section + ":Outbox");
        builder.AddValidatedOptions<ConsumerOptions>(MessagingOptions.Section + ":Consumer");
        builder.AddValidatedOptions<SagaOptions>(MessagingOptions.Section + ":Sagas");
        builder.AddValidatedOptions<RetentionOptions>(MessagingOptions.Section + ":Retention");

        var definition = new MessagingDefinition(NameOf(builder.Environment));
        configure(new(builder.Services, definition));

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(definition);
        builder.AddBroker(definition);
        AddOutbox(services);
        AddConsumers(services, definition);
        AddSagas(services);
        return builder;
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddSingleton<OutboxAppender>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxReader>();
        services.AddSingleton<AcknowledgedOffsets>();
        services.AddSingleton<EventProducer>();
        services.AddSingleton<BrokerOffsets>();
        services.AddSingleton<TopicIds>();
        services.AddSingleton<BrokerLossDetection>();
        services.AddSingleton<RelayRecovery>();
        services.AddSingleton<ShardLeases>();
        services.AddSingleton<ReplicaPresence>();
        services.AddWorker<TopicCreation>();
        services.AddHealthChecks().AddCheck<TopicCreation>(TopicCreation.HealthCheck, HealthStatus.Degraded);
        services.AddWorker<ReplicaSignals>();
        services.AddWorker<ReplicaWorker>();
        services.AddWorker<Relay>();
        services.AddSingleton<OutboxFigures>();
        services.AddSingleton(provider => new OutboxOperations(
            provider.GetRequiredService<RelayRecovery>(), provider.GetRequiredService<ReplicaSignals>(), provider.GetRequiredService<OutboxFigures>()));
    }

    private static void AddConsumers(IServiceCollection services, MessagingDefinition definition)
    {
        services.AddSingleton<ConsumerLag>();
        services.AddSingleton<ConsumedPartitions>();
        services.AddSingleton<DeadLetterCopy>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<StalledPartitions>();
        services.AddSingleton<SkippedRecords>();
        services.AddSingleton<DeliveryProcessor>();
        if (definition.ConsumedTopics.Count > 0)
        {
            services.AddWorker<ConsumerWorker>();
            services.AddHealthChecks().AddCheck<StalledPartitions>(StalledPartitions.HealthCheck, HealthStatus.Degraded);
        }
        services.AddSingleton<DeadLetterReplay>();
        services.AddSingleton(provider => new DeadLetters(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<DeadLetterReplay>()));
    }

    private static void AddSagas(IServiceCollection services)
    {
        services.AddSingleton<SagaCatalog>();
        services.AddSingleton<SagaStarter>();
        services.AddSingleton<SagaStore>();
        services.AddSingleton<SagaWriter>();
        services.AddWorker<Housekeeping>();
        services.AddHealthChecks().AddCheck<Housekeeping>(Housekeeping.HealthCheck, HealthStatus.Degraded);
        services.AddWorker<FigureSampling>();
        services.AddWorker<SagaRunner>();
        services.AddSingleton(provider => new Sagas(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<SagaCatalog>(), provider.GetRequiredService<ReplicaSignals>(), provider.GetRequiredService<ILogger<Sagas>>()));
    }

    private static void AddWorker<TWorker>(this IServiceCollection services) where TWorker : class, IHostedService
    {
        services.AddSingleton<TWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<TWorker>());
    }

    // "Shop.Ordering" → "ordering": the name that the AppHost gives the service, too.
    private static string NameOf(IHostEnvironment environment) => environment.ApplicationName.Split('.')[^1].ToLowerInvariant();
}
