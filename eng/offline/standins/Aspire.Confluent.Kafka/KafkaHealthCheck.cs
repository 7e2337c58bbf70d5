using global::Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Confluent.Kafka;

/// <summary>
/// Healthy if a message can be produced, as with the official package; so the cluster gets a topic of this name.
/// </summary>
internal sealed class KafkaHealthCheck(ClientConfig config) : IHealthCheck, IDisposable
{
    private const string Topic = "healthchecks-topic";

    private readonly Lazy<IProducer<string, string>> _producer = new(() => Build(config));

    public static void Add(IHostApplicationBuilder builder, string name, ClientConfig config)
    {
        if (!builder.Properties.TryAdd($"Aspire.HealthChecks.{name}", true))
        {
            return;
        }

        builder.Services.AddKeyedSingleton(name, (_, _) => new KafkaHealthCheck(config));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, services => services.GetRequiredKeyedService<KafkaHealthCheck>(name), failureStatus: null, tags: null));
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var message = new Message<string, string> { Key = "healthcheck-key", Value = $"Check Kafka healthy on {DateTime.UtcNow:O}" };
            var result = await _producer.Value.ProduceAsync(Topic, message, cancellationToken).ConfigureAwait(false);
            return result.Status == PersistenceStatus.NotPersisted
                ? new HealthCheckResult(context.Registration.FailureStatus, "Kafka has not taken the message of the health check.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception e)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception: e);
        }
    }

    public void Dispose()
    {
        if (_producer.IsValueCreated)
        {
            _producer.Value.Dispose();
        }
    }

    private static IProducer<string, string> Build(ClientConfig config)
    {
        // Where the broker is, and how to log in there: a consumer's or producer's own settings are of no use here.
        var own = new ProducerConfig(new ClientConfig(config.Where(Shared).ToDictionary()))
        {
            SocketTimeoutMs = 1000,
            MessageTimeoutMs = 1000,
            StatisticsIntervalMs = 0,
        };
        return new ProducerBuilder<string, string>(own).SetLogHandler((_, _) => { }).Build();
    }

    private static bool Shared(KeyValuePair<string, string> setting) =>
        setting.Key.StartsWith("bootstrap.", StringComparison.Ordinal) ||
        setting.Key.StartsWith("security.", StringComparison.Ordinal) ||
        setting.Key.StartsWith("sasl.", StringComparison.Ordinal) ||
        setting.Key.StartsWith("ssl.", StringComparison.Ordinal) ||
        setting.Key.StartsWith("broker.address.", StringComparison.Ordinal) ||
        setting.Key == "client.id";
}
