using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Messaging.Definition;

namespace Shop.Messaging.Kafka;

internal static class BrokerExtensions
{
    private const string ConnectionName = "kafka";

    /// <summary>Registers the service's Kafka clients by Aspire's integration, with its configuration sections, health check and metrics.</summary>
    public static void AddBroker(this IHostApplicationBuilder builder, MessagingDefinition definition)
    {
        builder.Services.AddTransient<ClientUse>();
        AddPublisher(builder, definition.Service);
        AddAdministration(builder, definition.Service);
        if (definition.ConsumedTopics.Count > 0)
            AddGroupMember(builder, definition.Service);
        builder.Services.AddBrokerHealth();
    }

    private static void AddPublisher(IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton<ProducerFactory>();
        builder.AddKafkaProducer<byte[], byte[]>(ConnectionName,
            settings =>
            {
                RequireServers(settings.ConnectionString ?? settings.Config.BootstrapServers);
                settings.Config.UseForEvents(service);
                // The check sends with the client's settings and a timeout of 1 s: with gapless delivery, one message that times out is a fatal error of the client.
                settings.DisableHealthChecks = true;
                // An event is published from the outbox, later than its trace. The integration takes its parent from Activity.Current only, and its span ends when the
                // event is queued, not when it is delivered. Messaging's own span does both.
                settings.DisableTracing = true;
            },
            (services, producer) => services.GetRequiredService<ProducerFactory>().Configure(producer));
    }

    /// <summary>A producer that sends no events: administrative calls share its connections, and the health check its settings.</summary>
    private static void AddAdministration(IHostApplicationBuilder builder, string service)
    {
        builder.AddKafkaProducer<Null, Null>(ConnectionName,
            settings =>
            {
                settings.Config.UseForAdministration(service);
                settings.DisableMetrics = true;
                settings.DisableTracing = true;
            });
        builder.Services.AddSingleton(services => new DependentAdminClientBuilder(services.GetRequiredService<IProducer<Null, Null>>().Handle).Build());
        builder.Services.AddSingleton<BrokerTopics>();
    }

    private static void AddGroupMember(IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton<ConsumerFactory>();
        KafkaConsumerSettings? group = null;
        builder.AddKafkaConsumer<byte[], byte[]>(ConnectionName,
            settings =>
            {
                group = settings;
                settings.Config.UseForGroup(service);
                // A consumer's check also sends a message, over an extra connection, and checks nothing about the group: the producer's check is enough.
                settings.DisableHealthChecks = true;
                // The integration's span would start a new trace with a link; Messaging's span continues the producer's trace.
                settings.DisableTracing = true;
            },
            (services, consumer) => services.GetRequiredService<ConsumerFactory>().Configure(consumer));
        builder.Services.AddSingleton(_ => new ReaderFactory(group!.Config, group.ConnectionString));
    }

    private static void RequireServers(string? servers)
    {
        // Design-time tools build the model without a broker.
        if (string.IsNullOrWhiteSpace(servers) && !EF.IsDesignTime)
            throw new InvalidOperationException($"The connection string '{ConnectionName}' is missing: set ConnectionStrings__{ConnectionName} to the brokers' host:port list.");
    }
}
