using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Messaging.Kafka;

/// <summary>Creates the consumer, and a new one after a fatal error: as <see cref="ProducerFactory"/> does, for the same reason.</summary>
internal sealed class ConsumerFactory(IServiceProvider services)
{
    private ConsumerBuilder<byte[], byte[]>? _builder;
    private ConsumerHandlers? _current;
    private ClientUse? _use;

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
        if (_use is not null)
            return _builder!.Build();

        var first = services.GetRequiredService<IConsumer<byte[], byte[]>>();
        _use = services.GetRequiredService<ClientUse>();
        return first;
    }

    /// <summary>The container disposes of the first client.</summary>
    /// <inheritdoc cref="ClientUse.Enter"/>
    public IDisposable Enter(Action leave) => _use!.Enter(leave);
}

/// <summary>Callbacks of a client, called on its polling thread.</summary>
internal sealed record ConsumerHandlers(
    Action<Error> OnError,
    Func<IConsumer<byte[], byte[]>, List<TopicPartition>, IEnumerable<TopicPartitionOffset>> OnAssigned,
    Action<List<TopicPartitionOffset>> OnRevoked,
    Action<List<TopicPartitionOffset>> OnLost);
