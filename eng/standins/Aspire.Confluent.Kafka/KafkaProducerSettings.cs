using global::Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

public sealed class KafkaProducerSettings
{
    public string? ConnectionString { get; set; }

    public ProducerConfig Config { get; } = new();

    public bool DisableMetrics { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    internal void Consolidate()
    {
        if (ConnectionString is not null)
            Config.BootstrapServers = ConnectionString;
        if (!DisableMetrics)
            Config.StatisticsIntervalMs ??= 1000;
    }

    internal void Validate()
    {
        if (string.IsNullOrEmpty(Config.BootstrapServers))
            throw new InvalidOperationException("No bootstrap servers configured.");
    }
}
