using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Messaging.Kafka;

/// <summary>Creates the consumer, and a new one after a fatal error: as <see cref="ProducerFactory"/> does, for the same reason.</summary>
internal sealed class ConsumerFactory(IServiceProvider services)
{
    private ConsumerBuilder<byte[], byte[]>? _builder;
    private ConsumerHandlers? _current;
    private bool _firstIsTaken;

    /// <summary>Called by the integration, once: before the first client is built, or before OpenTelemetry's providers are.</summary>
    public void Configure(ConsumerBuilder<byte[], byte[]> builder) =>
        _builder = builder
            .SetErrorHandler((_, error) => _current?.OnError(error))
            .SetPartitionsAssignedHandler((consumer, partitions) => _current!.OnAssigned(consumer, partitions))
            .SetPartitionsRevokedHandler((_, partitions) => _current?.OnRevoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => _current?.OnLost(partitions));

    /// <summary>The previous one must have been disposed.</summary>
    public IConsumer<byte[], byte[]> Create(ConsumerHandlers handlers)
    {
        _current = handlers;
        if (_firstIsTaken)
            return _builder!.Build();

        _firstIsTaken = true;
        return services.GetRequiredService<IConsumer<byte[], byte[]>>();
    }
}

/// <summary>Callbacks of a client, called on its polling thread.</summary>
internal sealed record ConsumerHandlers(
    Action<Error> OnError,
    Func<IConsumer<byte[], byte[]>, List<TopicPartition>, IEnumerable<TopicPartitionOffset>> OnAssigned,
    Action<List<TopicPartitionOffset>> OnRevoked,
    Action<List<TopicPartitionOffset>> OnLost);
