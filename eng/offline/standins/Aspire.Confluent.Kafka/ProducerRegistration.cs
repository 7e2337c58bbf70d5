using global::Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Confluent.Kafka;

internal static class ProducerRegistration
{
    public static void Add<TKey, TValue>(
        IHostApplicationBuilder builder,
        string? key,
        KafkaProducerSettings settings,
        Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configureBuilder)
    {
        if (key is null)
        {
            builder.Services.AddSingleton<IProducer<TKey, TValue>>(services => Build(services, settings, configureBuilder));
        }
        else
        {
            builder.Services.AddKeyedSingleton<IProducer<TKey, TValue>>(key, (services, _) => Build(services, settings, configureBuilder));
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
            KafkaHealthCheck.Add(builder, key is null ? "Aspire.Confluent.Kafka.Producer" : $"Aspire.Confluent.Kafka.Producer_{key}", settings.Config);
        }
    }

    private static IProducer<TKey, TValue> Build<TKey, TValue>(
        IServiceProvider services,
        KafkaProducerSettings settings,
        Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configure)
    {
        settings.Validate();
        var builder = new ProducerBuilder<TKey, TValue>(settings.Config);
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

        return new InstrumentedProducer<TKey, TValue>(builder.Build(), settings);
    }
}
