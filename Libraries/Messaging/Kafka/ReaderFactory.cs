using Confluent.Kafka;

namespace Shop.Messaging.Kafka;

/// <summary>Creates consumers that read topics beside the group, with the group member's settings.</summary>
internal sealed class ReaderFactory(ConsumerConfig group, string? servers)
{
    public IConsumer<byte[], byte[]> Create()
    {
        var config = new ConsumerConfig(group.ToDictionary(setting => setting.Key, setting => setting.Value));
        config.BootstrapServers = servers ?? config.BootstrapServers;
        config.UseForReading();
        // Without a broker it reads nothing: the caller sees that, and these handlers keep librdkafka from writing to stderr.
        return new ConsumerBuilder<byte[], byte[]>(config).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
    }
}
