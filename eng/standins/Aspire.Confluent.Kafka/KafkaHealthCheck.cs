using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HealthChecks.Kafka;

/// <summary>Healthy if a message can be produced; so the cluster needs, or gets, a topic of this name.</summary>
internal sealed class KafkaHealthCheck(ProducerConfig configuration) : IHealthCheck, IDisposable
{
    private const string Topic = "healthchecks-topic";

    private IProducer<string, string>? _producer;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _producer ??= new ProducerBuilder<string, string>(configuration).Build();
            var message = new Message<string, string> { Key = "healthcheck-key", Value = $"Check Kafka healthy on {DateTime.UtcNow}" };
            var result = await _producer.ProduceAsync(Topic, message, cancellationToken).ConfigureAwait(false);
            return result.Status == PersistenceStatus.NotPersisted
                ? new(context.Registration.FailureStatus, "Message is not persisted or a failure is raised on health check for kafka.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception failure)
        {
            return new(context.Registration.FailureStatus, exception: failure);
        }
    }

    public void Dispose() => _producer?.Dispose();
}
