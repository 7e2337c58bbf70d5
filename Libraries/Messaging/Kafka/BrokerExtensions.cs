using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Messaging.Definition;

namespace Shop.Messaging.Kafka;

internal static class BrokerExtensions
{
    private const string ConnectionName = "kafka";

    /// <summary>The service's clients, by Aspire's integration: its configuration sections, health check and metrics.</summary>
    public static void AddBroker(this IHostApplicationBuilder builder, MessagingDefinition definition)
    {
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
                // The check sends with the client's own settings and a timeout of a second: without gaps allowed, one message too late is fatal to its client for ever.
                settings.DisableHealthChecks = true;
                // An event is published later than its trace, from the outbox. The integration knows no parent but Activity.Current, and its span ends in the client's
                // queue, not with the delivery: Messaging's own does both.
                settings.DisableTracing = true;
            },
            (services, producer) => services.GetRequiredService<ProducerFactory>().Configure(producer));
    }

    /// <summary>A producer that sends nothing: administrative calls share its connections, and the health check its settings.</summary>
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
    }

    private static void AddGroupMember(IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton<ConsumerFactory>();
        builder.AddKafkaConsumer<byte[], byte[]>(ConnectionName,
            settings =>
            {
                settings.Config.UseForGroup(service);
                // A consumer's check sends a message, too, by a connection more, and says nothing about the group: the producer's has said it.
                settings.DisableHealthChecks = true;
                // The integration's span would be a trace of its own, with a link; Messaging's goes on with the producer's trace.
                settings.DisableTracing = true;
            },
            (services, consumer) => services.GetRequiredService<ConsumerFactory>().Configure(consumer));
    }

    private static void RequireServers(string? servers)
    {
        // Design-time tools build the model without a broker.
        if (string.IsNullOrWhiteSpace(servers) && !EF.IsDesignTime)
            throw new InvalidOperationException($"The connection string '{ConnectionName}' is missing: set ConnectionStrings__{ConnectionName} to the brokers' host:port list.");
    }
}
