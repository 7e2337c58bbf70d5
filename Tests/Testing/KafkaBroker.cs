namespace Shop.Testing;

/// <summary>A Kafka broker for tests: a real one, or librdkafka's in-memory mock if there is none.</summary>
public abstract class KafkaBroker : IAsyncDisposable
{
    public abstract string BootstrapServers { get; }

    /// <summary>A real one keeps its data over a restart, creates topics on request and balances groups as in production.</summary>
    public abstract bool IsReal { get; }

    /// <summary>Why a test that needs a real broker cannot run here; null if it can.</summary>
    public static string? WhyNoRealOne { get; } = RealKafka.Home is not null ? null
        : "needs a real Kafka broker: set KAFKA_HOME to a Kafka distribution";

    /// <summary>A real one if there is one.</summary>
    public static async Task<KafkaBroker> StartAsync() => RealKafka.Home is not null ? await RealKafka.StartAsync() : MockKafka.Start();

    public abstract Task CreateTopicAsync(string topic, int partitions);

    public abstract ValueTask DisposeAsync();
}
