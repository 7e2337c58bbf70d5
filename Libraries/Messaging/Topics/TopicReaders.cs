using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Kafka;
using Shop.Messaging.Outbox;

namespace Shop.Messaging.Topics;

/// <summary>
/// Reads what the service consumes once more, from the beginning of its topics: for a projection that is built anew. The service's own consumption is not touched. Thread-safe; a singleton.
/// </summary>
public sealed class TopicReaders
{
    private readonly MessagingDefinition _definition;
    private readonly Func<IConsumer<byte[], byte[]>> _create;
    private readonly BrokerOffsets _offsets;
    private readonly BrokerTopics _broker;
    private readonly MessagingOptions _options;

    internal TopicReaders(MessagingDefinition definition, Func<IConsumer<byte[], byte[]>> create, BrokerOffsets offsets, BrokerTopics broker, IOptions<MessagingOptions> options) =>
        (_definition, _create, _offsets, _broker, _options) = (definition, create, offsets, broker, options.Value);

    /// <summary>A reader at the beginning of all topics for which the service has handlers. The caller disposes it.</summary>
    /// <exception cref="KafkaException">The broker is unavailable.</exception>
    public async Task<TopicReader> OpenAsync(CancellationToken cancel)
    {
        var topics = _definition.ConsumedTopics.ToHashSet();
        var partitions = (await _broker.ReadAsync(_options.AdminTimeout, cancel)).Topics.Where(topic => topics.Contains(topic.Topic))
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))).ToList();
        var beginnings = await _offsets.BeginningsAsync(partitions, cancel);
        var consumer = _create();
        try
        {
            var reader = new TopicReader(consumer, _definition, _offsets, beginnings);
            await reader.ExtendAsync(cancel);
            return reader;
        }
        catch
        {
            consumer.Dispose();
            throw;
        }
    }
}
