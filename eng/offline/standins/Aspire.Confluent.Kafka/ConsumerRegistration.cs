using global::Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Confluent.Kafka;

internal static class ConsumerRegistration
{
    public static void Add<TKey, TValue>(
        IHostApplicationBuilder builder,
        string? key,
        KafkaConsumerSettings settings,
        Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder)
    {
        if (key is null)
        {
            builder.Services.AddSingleton<IConsumer<TKey, TValue>>(services => Build(services, settings, configureBuilder));
        }
        else
        {
            builder.Services.AddKeyedSingleton<IConsumer<TKey, TValue>>(key, (services, _) => Build(services, settings, configureBuilder));
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Telemetry.Name));
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(Telemetry.Name));
        }

        if (!settings.DisableHealthChecks)
        {
            KafkaHealthCheck.Add(builder, key is null ? "Aspire.Confluent.Kafka.Consumer" : $"Aspire.Confluent.Kafka.Consumer_{key}", settings.Config);
        }
    }

    private static IConsumer<TKey, TValue> Build<TKey, TValue>(
        IServiceProvider services,
        KafkaConsumerSettings settings,
        Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configure)
    {
        settings.Validate();
        var builder = new ConsumerBuilder<TKey, TValue>(settings.Config);
        configure?.Invoke(services, builder);

        var logger = ClientLog.CreateLogger(services);
        try
        {
            builder.SetLogHandler((_, message) => ClientLog.Write(logger, message));
        }
        catch (InvalidOperationException)
        {
            // The application has its own handler, and a builder takes only one.
            ClientLog.HandlerIsTaken(logger);
        }

        return new InstrumentedConsumer<TKey, TValue>(builder.Build(), settings);
    }
}
