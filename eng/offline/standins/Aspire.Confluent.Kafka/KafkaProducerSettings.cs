using global::Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

public sealed partial class KafkaProducerSettings
{
    public string? ConnectionString { get; set; }

    public ProducerConfig Config { get; } = new();

    public bool DisableMetrics { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    internal void Consolidate()
    {
        Config.BootstrapServers = ConnectionString ?? Config.BootstrapServers;
        if (!DisableMetrics)
        {
            Config.StatisticsIntervalMs ??= 1000;
        }
    }

    internal void Validate()
    {
        if (string.IsNullOrEmpty(Config.BootstrapServers))
        {
            throw new InvalidOperationException("No bootstrap servers configured.");
        }
    }
}
