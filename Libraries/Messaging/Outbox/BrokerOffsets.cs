using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;
using Shop.Messaging.Kafka;

namespace Shop.Messaging.Outbox;

/// <summary>Reads the first and the end offsets of partitions from the broker.</summary>
internal sealed class BrokerOffsets(IAdminClient admin, BrokerTopics broker, IOptions<MessagingOptions> options)
{
    /// <summary>The offset after the last record of each partition; 0 for a topic that no longer exists.</summary>
    public Task<IReadOnlyDictionary<TopicPartition, long>> EndsAsync(IEnumerable<TopicPartition> partitions, CancellationToken cancel) =>
        ReadAsync(partitions, OffsetSpec.Latest(), cancel);

    /// <summary>The offset of the first record that each partition still has; 0 for a topic that no longer exists.</summary>
    public Task<IReadOnlyDictionary<TopicPartition, long>> BeginningsAsync(IEnumerable<TopicPartition> partitions, CancellationToken cancel) =>
        ReadAsync(partitions, OffsetSpec.Earliest(), cancel);

    private async Task<IReadOnlyDictionary<TopicPartition, long>> ReadAsync(IEnumerable<TopicPartition> partitions, OffsetSpec offset, CancellationToken cancel)
    {
        var timeout = options.Value.AdminTimeout;
        var metadata = await broker.ReadAsync(timeout, cancel);
        var known = metadata.Topics.Where(topic => !topic.Error.IsError)
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))).ToHashSet();
        var ends = partitions.ToDictionary(partition => partition, _ => 0L);
        var existing = ends.Keys.Where(known.Contains).Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = offset }).ToList();
        if (existing.Count == 0)
            return ends;

        var offsets = await admin.ListOffsetsAsync(existing, new() { RequestTimeout = timeout }).WaitAsync(cancel);
        foreach (var end in offsets.ResultInfos)
            ends[end.TopicPartitionOffsetError.TopicPartition] = end.TopicPartitionOffsetError.Offset.Value;
        return ends;
    }
}
