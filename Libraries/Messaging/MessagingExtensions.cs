using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Messaging.Comparison;
using Shop.Messaging.DeadLetters;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Inbox;
using Shop.Messaging.Kafka;
using Shop.Messaging.Operations;
using Shop.Messaging.Outbox;
using Shop.Messaging.Topics;
using Shop.Persistence;
using Shop.Persistence.Replicas;
using Shop.Persistence.Schema;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Messaging;

/// <summary>Registration of messaging.</summary>
public static class MessagingExtensions
{
    /// <summary>
    /// Registers outbox, relay, consumer and dead letters, in transactions of <typeparamref name="TDb"/>, which <c>AddDatabase</c> has added.
    /// The connection string <c>kafka</c> is the broker; the sections <c>Aspire:Confluent:Kafka:Producer</c> and <c>…:Consumer</c> configure its clients.
    /// </summary>
    public static IHostApplicationBuilder AddMessaging<TDb>(this IHostApplicationBuilder builder, Action<MessagingBuilder> configure) where TDb : DbContext
    {
        builder.AddValidatedOptions<MessagingOptions>(MessagingOptions.Section);
        builder.AddValidatedOptions<OutboxOptions>(OutboxOptions.Section);
        builder.AddValidatedOptions<ConsumerOptions>(ConsumerOptions.Section);
        builder.AddValidatedOptions<RetentionOptions>(RetentionOptions.Section);
        builder.AddValidatedOptions<ComparisonOptions>(ComparisonOptions.Section);

        var definition = new MessagingDefinition(NameOf(builder.Environment));
        configure(new(builder.Services, definition));

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(definition);
        builder.AddBroker(definition);
        AddOutbox(services);
        AddConsumers(services, definition);
        AddComparison(services);
        AddTables(services);
        services.AddWorker<MessagingStatistics>();
        return builder;
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddSingleton<EventIds>();
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
        services.AddWorker<TopicCreation>();
        services.AddHealthChecks().AddCheck<TopicCreation>(TopicCreation.HealthCheck, HealthStatus.Degraded);
        services.AddWorker<OutboxSignals>();
        services.AddSingleton<ISignalListener>(provider => provider.GetRequiredService<OutboxSignals>());
        services.AddSingleton(new LeaseRelease("update messaging.outbox_shard set owner = null, lease_until = now() where owner = any($1)"));
        services.AddWorker<LeaseWorker>();
        services.AddWorker<Relay>();
        services.AddSingleton<OutboxStatistics>();
        services.AddSingleton(provider => new OutboxOperations(
            provider.GetRequiredService<RelayRecovery>(), provider.GetRequiredService<OutboxSignals>(), provider.GetRequiredService<OutboxStatistics>()));
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
            services.AddSingleton(provider => new TopicReaders(
                provider.GetRequiredService<MessagingDefinition>(), provider.GetRequiredService<ReaderFactory>().Create, provider.GetRequiredService<BrokerOffsets>(),
                provider.GetRequiredService<BrokerTopics>(), provider.GetRequiredService<IOptions<MessagingOptions>>()));
            services.AddHealthChecks().AddCheck<StalledPartitions>(StalledPartitions.HealthCheck, HealthStatus.Degraded);
        }
        services.AddSingleton<GroupLag>();
        services.AddSingleton<DeadLetterReplay>();
        services.AddWorker<ReplayRequests>();
        services.AddSingleton<ISignalListener>(provider => provider.GetRequiredService<ReplayRequests>());
        services.AddSingleton(provider => new DeadLetterOperations(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<DeadLetterReplay>(), provider.GetRequiredService<ReplayRequests>()));
    }

    private static void AddComparison(IServiceCollection services)
    {
        services.AddSingleton<PublishedEventReader>();
        services.AddSingleton<EventRepublication>();
        services.AddSingleton<AppliedEventReader>();
        services.AddSingleton<ComparedDays>();
        services.AddSingleton<ComparisonResults>();
    }

    private static void AddTables(IServiceCollection services)
    {
        services.AddSingleton(new SchemaDefinition("messaging", typeof(MessagingExtensions).Assembly));
        // A row is needed until its shard has published it.
        services.AddDayPartitions(provider => new("messaging.outbox", "event_id", Retention(provider).Outbox,
            "exists (select from messaging.outbox_shard s where s.shard = r.shard and not pg_visible_in_snapshot(r.xact, s.read_to))"));
        // An event may arrive late: the retention counts from the writing of its mark.
        services.AddDayPartitions(provider => new("messaging.inbox", "event_id", Retention(provider).Inbox, "r.written_at > now() - $1"));
        services.AddPurge(provider => new("messaging.dead_letter", "status <> 'parked' and id < persistence.first_id(now() - $1)", Retention(provider).DeadLetters));
        services.AddPurge(provider => new("messaging.comparison", "day < (now() - $1)::date", Retention(provider).Comparisons));
        services.AddPurge(provider => new("messaging.compared_day", "day < (now() - $1)::date", Retention(provider).Comparisons));
    }

    private static RetentionOptions Retention(IServiceProvider provider) => provider.GetRequiredService<IOptions<RetentionOptions>>().Value;

    // "Shop.Ordering" → "ordering", as the AppHost names the service.
    private static string NameOf(IHostEnvironment environment) => environment.ApplicationName.Split('.')[^1].ToLowerInvariant();
}
