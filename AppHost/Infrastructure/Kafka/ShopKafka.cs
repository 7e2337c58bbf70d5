using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Shop.AppHost.Infrastructure.Kafka;

internal static partial class ShopKafka
{
    private const string Name = "kafka";

    /// <summary>The broker: in a container, embedded or external (<c>Shop:Infrastructure</c>).</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddShopKafka(this IDistributedApplicationBuilder builder)
    {
        var settings = ShopSettings.Of(builder);
        return builder.ChooseInfrastructure() switch
        {
            InfrastructureKind.External => builder.AddConnectionString(Name),
            InfrastructureKind.Containers => builder
                .AddKafka(Name, builder.Port(Name, "Shop:Ports:Kafka", settings.Ports.Kafka))
                .WithDataVolume()
                .WithKafkaUI(ui => ui.WithExplicitStart()),
            _ => builder.AddEmbeddedBroker(settings),
        };
    }

    private static IResourceBuilder<EmbeddedBroker> AddEmbeddedBroker(this IDistributedApplicationBuilder builder, ShopSettings settings)
    {
        var port = builder.ClaimPort(Name, "Shop:Ports:Kafka", settings.Ports.Kafka);
        var broker = builder.AddRealBroker(settings, port, out var whyNot) ?? builder.AddMockBroker(port);
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            Announce(start.Services.GetRequiredService<ILogger<EmbeddedBroker>>(), broker.Resource.Kind, whyNot);
            return Task.CompletedTask;
        });

        const string Key = $"{Name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(Key, new BrokerHealthCheck(broker.Resource), failureStatus: null, tags: null));
        return broker
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithHealthCheck(Key)
            .WithIconName("Pipeline");
    }

    /// <summary>Logs which broker runs, because their guarantees differ.</summary>
    private static void Announce(ILogger logger, BrokerKind kind, string whyNot)
    {
        if (kind is BrokerKind.Kafka)
            LogReal(logger);
        else
            LogMock(logger, whyNot);
    }

    private static IResourceBuilder<EmbeddedBroker>? AddRealBroker(
        this IDistributedApplicationBuilder builder, ShopSettings settings, int port, out string whyNot)
    {
        whyNot = "Shop:Broker says so.";
        if (settings.Broker is BrokerKind.Mock)
            return null;

        if (RealBroker.Find(settings, builder.Configuration["KAFKA_HOME"], out whyNot) is not { } home)
            return settings.Broker is BrokerKind.Auto ? null : throw new SetupException($"Shop:Broker is Kafka, but {whyNot}");

        var tools = Path.Combine(settings.Repository, "eng", "kafka");
        return builder.AddResource(new EmbeddedBroker(Name, Path.Combine(tools, "serve"), tools, BrokerKind.Kafka))
            .WithArgs("--home", home, "--data", DataFolder.Kafka(settings), "--port", $"{port}", "--controller-port", $"{builder.ClaimPort("kafka controller", "Shop:Ports:Kafka", 0)}");
    }

    private static IResourceBuilder<EmbeddedBroker> AddMockBroker(this IDistributedApplicationBuilder builder, int port)
    {
        var program = Path.Combine(Path.GetDirectoryName(typeof(ShopKafka).Assembly.Location)!, "Shop.MockBroker.dll");
        return builder.AddResource(new EmbeddedBroker(Name, "dotnet", builder.AppHostDirectory, BrokerKind.Mock))
            .WithArgs(program, "--port", $"{port}", "--partitions", $"{EventTopics.Partitions}")
            .WithArgs(context =>
            {
                foreach (var topic in EventTopics.All)
                {
                    context.Args.Add("--topic");
                    context.Args.Add(topic);
                }
            });
    }

    [LoggerMessage(LogLevel.Information, "Broker: Kafka, single node, with persistent data")]
    private static partial void LogReal(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Broker: mock, in memory; its events are lost when it ends, and services publish retained ones again; why not Kafka: {WhyNot}")]
    private static partial void LogMock(ILogger logger, string whyNot);
}
