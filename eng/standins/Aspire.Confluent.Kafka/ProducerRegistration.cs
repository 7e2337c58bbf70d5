using global::Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Confluent.Kafka;

internal static class ProducerRegistration
{
    public static void Add<TKey, TValue>(
        IHostApplicationBuilder builder, string? key, KafkaProducerSettings settings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configure)
    {
        builder.Services.AddKeyedSingleton(Registration.KeyOf(key), (services, _) => CreateBuilder(services, settings, configure));
        if (key is null)
            builder.Services.AddSingleton(services => BuilderOf<TKey, TValue>(services, key).Build());
        else
            builder.Services.AddKeyedSingleton(key, (services, _) => BuilderOf<TKey, TValue>(services, key).Build());

        if (!settings.DisableMetrics)
            Registration.AddMetrics(builder, services => BuilderOf<TKey, TValue>(services, key).EnableMetrics = true);
        if (!settings.DisableTracing)
            Registration.AddTracing(builder, services => BuilderOf<TKey, TValue>(services, key).EnableTraces = true);
        if (!settings.DisableHealthChecks)
            Registration.AddHealthCheck(builder, "Aspire.Confluent.Kafka.Producer" + (key is null ? "" : "_" + key), services =>
            {
                _ = BuilderOf<TKey, TValue>(services, key);   // complains of settings that are no good
                return settings.Config;
            });
    }

    private static InstrumentedProducerBuilder<TKey, TValue> BuilderOf<TKey, TValue>(IServiceProvider services, string? key) =>
        services.GetRequiredKeyedService<InstrumentedProducerBuilder<TKey, TValue>>(Registration.KeyOf(key));

    private static InstrumentedProducerBuilder<TKey, TValue> CreateBuilder<TKey, TValue>(
        IServiceProvider services, KafkaProducerSettings settings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configure)
    {
        settings.Validate();
        var builder = new InstrumentedProducerBuilder<TKey, TValue>(settings.Config);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Aspire.Confluent.Kafka");
        configure?.Invoke(services, builder);
        try
        {
            builder.SetLogHandler((_, message) => logger.Log(
                (LogLevel)message.LevelAs(LogLevelType.MicrosoftExtensionsLogging), message.Facility?.GetHashCode() ?? 0, message.Message, null, static (text, _) => text));
        }
        catch (InvalidOperationException)
        {
            // The application has its own handler, and a builder takes only one.
            logger.LogWarning("LogHandler is already set. Skipping... No logs will be written.");
        }
        return builder;
    }
}
