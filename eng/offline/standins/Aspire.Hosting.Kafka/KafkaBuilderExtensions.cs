using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class KafkaBuilderExtensions
{
    private const string DataFolder = "/var/lib/kafka/data";

    public static IResourceBuilder<KafkaServerResource> AddKafka(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new KafkaServerResource(name))
            .WithImage("confluentinc/confluent-local", "8.2.0")
            .WithImageRegistry("docker.io")
            .WithEndpoint(port, targetPort: 9092, name: "tcp")
            .WithEndpoint(targetPort: 9093, name: "internal");
    }

    public static IResourceBuilder<KafkaServerResource> WithDataVolume(
        this IResourceBuilder<KafkaServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? $"{builder.Resource.Name}-data", DataFolder, isReadOnly);

    public static IResourceBuilder<KafkaServerResource> WithDataBindMount(
        this IResourceBuilder<KafkaServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataFolder, isReadOnly);

    public static IResourceBuilder<KafkaServerResource> WithKafkaUI(
        this IResourceBuilder<KafkaServerResource> builder,
        Action<IResourceBuilder<KafkaUIContainerResource>>? configureContainer = null,
        string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var tool = builder.ApplicationBuilder.AddResource(new KafkaUIContainerResource(containerName ?? "kafka-ui"))
            .WithImage("kafbat/kafka-ui").WithHttpEndpoint(targetPort: 8080, name: "http").WithReferenceRelationship(builder);
        configureContainer?.Invoke(tool);
        return builder;
    }

    public static IResourceBuilder<KafkaUIContainerResource> WithHostPort(this IResourceBuilder<KafkaUIContainerResource> builder, int? port) =>
        builder.WithEndpoint("http", endpoint => endpoint.Port = port);
}
