using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;
using Shop.Messaging.Kafka;

namespace Shop.Messaging.Outbox;

/// <summary>Asks the broker where its partitions end.</summary>
internal sealed class BrokerOffsets(IAdminClient admin, IOptions<MessagingOptions> options)
{
    /// <summary>The offset after the last record of each partition; 0 for a topic that is not there any more.</summary>
    public async Task<IReadOnlyDictionary<TopicPartition, long>> EndsAsync(IEnumerable<TopicPartition> partitions, CancellationToken cancel)
    {
        var timeout = options.Value.AdminTimeout;
        var metadata = await admin.ReadAsync(timeout, cancel);
        var known = metadata.Topics.Where(topic => !topic.Error.IsError)
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))).ToHashSet();
        var ends = partitions.ToDictionary(partition => partition, _ => 0L);
        var asked = ends.Keys.Where(known.Contains).Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = OffsetSpec.Latest() }).ToList();
        if (asked.Count == 0)
            return ends;

        var answer = await admin.ListOffsetsAsync(asked, new() { RequestTimeout = timeout }).WaitAsync(cancel);
        foreach (var end in answer.ResultInfos)
            ends[end.TopicPartitionOffsetError.TopicPartition] = end.TopicPartitionOffsetError.Offset.Value;
        return ends;
    }
}
