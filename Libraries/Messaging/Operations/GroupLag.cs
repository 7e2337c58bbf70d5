using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using Shop.Messaging.Definition;
using Shop.Messaging.Kafka;
using Shop.Messaging.Outbox;

namespace Shop.Messaging.Operations;

/// <summary>The lag of the service's whole consumer group, as the broker has it. (The metric is of this member's partitions.)</summary>
internal sealed partial class GroupLag(MessagingDefinition definition, IAdminClient admin, BrokerTopics broker, BrokerOffsets offsets, ILogger<GroupLag> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Events that the group has not committed; 0 if it consumes nothing. Null: the broker does not answer in time.</summary>
    public async Task<long?> ReadAsync(CancellationToken cancel)
    {
        if (definition.ConsumedTopics.Count == 0)
            return 0;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Timeout);
        try
        {
            return await SumAsync(limit.Token);
        }
        catch (Exception failure) when (failure is KafkaException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            LogUnavailable(failure.Message);
            return null;
        }
    }

    private async Task<long> SumAsync(CancellationToken cancel)
    {
        var topics = definition.ConsumedTopics.ToHashSet();
        var partitions = (await broker.ReadAsync(Timeout, cancel)).Topics.Where(topic => topics.Contains(topic.Topic))
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))).ToList();
        if (partitions.Count == 0)
            return 0;

        var group = await admin.ListConsumerGroupOffsetsAsync([new(definition.Service, partitions)], new() { RequestTimeout = Timeout }).WaitAsync(cancel);
        var committed = group.Single().Partitions.ToDictionary(partition => partition.TopicPartition, partition => partition.Offset);
        var ends = await offsets.EndsAsync(partitions, cancel);
        // Where nothing is committed, the group begins with the first record that is left.
        var beginnings = await offsets.BeginningsAsync(partitions.Where(partition => !IsCommitted(partition)), cancel);
        return partitions.Sum(partition => Math.Max(0, ends[partition] - (IsCommitted(partition) ? committed[partition].Value : beginnings[partition])));

        bool IsCommitted(TopicPartition partition) => committed.TryGetValue(partition, out var offset) && offset.Value >= 0;
    }

    [LoggerMessage(LogLevel.Warning, "The lag of the consumer group could not be read: {Reason}")]
    private partial void LogUnavailable(string reason);
}
