using global::Confluent.Kafka;
using HealthChecks.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Aspire.Confluent.Kafka;

/// <summary>What producers and consumers register alike.</summary>
internal static class Registration
{
    private static readonly object Unkeyed = new();

    /// <summary>The key of the internal builder: a client without a key has one here.</summary>
    public static object KeyOf(string? key) => key ?? Unkeyed;

    public static void AddMetrics(IHostApplicationBuilder builder, Action<IServiceProvider> enable) =>
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Telemetry.Name).AddInstrumentation(services => Enabled(services, enable)));

    public static void AddTracing(IHostApplicationBuilder builder, Action<IServiceProvider> enable) =>
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(Telemetry.Name).AddInstrumentation(services => Enabled(services, enable)));

    /// <summary>One check a name, as it is with the official package: it sends with the client's own configuration.</summary>
    public static void AddHealthCheck(IHostApplicationBuilder builder, string name, Func<IServiceProvider, ClientConfig> config)
    {
        builder.Services.TryAddKeyedSingleton(name, (services, _) => new KafkaHealthCheck(new(config(services).ToDictionary()) { SocketTimeoutMs = 1000, MessageTimeoutMs = 1000, StatisticsIntervalMs = 0 }));
        if (builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
            builder.Services.AddHealthChecks().Add(new(name, services => services.GetRequiredKeyedService<KafkaHealthCheck>(name), failureStatus: default, tags: default));
    }

    private static object Enabled(IServiceProvider services, Action<IServiceProvider> enable)
    {
        enable(services);
        return enable;
    }
}
