using System.Text;
using Confluent.Kafka;

namespace Shop.Checker.Events;

/// <summary>Reads topics from the beginning to their current end, with a consumer without a group.</summary>
internal static class TopicReader
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <returns>By topic, in the order of each partition.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<TopicRecord>> Read(string bootstrap, IReadOnlyList<string> topics, CancellationToken cancel)
    {
        var records = topics.ToDictionary(topic => topic, _ => new List<TopicRecord>());
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = $"checker-{Guid.CreateVersion7():N}",    // required by the library; no offset is ever committed
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = 50,
        }).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();

        var unread = PartitionsOf(consumer, topics);
        consumer.Assign(unread.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        var lastRecord = TimeProvider.System.GetTimestamp();
        while (unread.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            if (TimeProvider.System.GetElapsedTime(lastRecord) > Timeout)
                throw new CannotCheckException($"{string.Join(", ", unread)} cannot be read to the end: no record for {Timeout.TotalSeconds} s.");
            if (consumer.Consume(TimeSpan.FromSeconds(1)) is not { } result)
                continue;

            lastRecord = TimeProvider.System.GetTimestamp();
            if (result.IsPartitionEOF)
                unread.Remove(result.TopicPartition);
            else if (unread.Contains(result.TopicPartition) && IdOf(result.Message) is { } id)
                records[result.Topic].Add(new(id, result.Message.Key, Header(result.Message, "ce_type") ?? "", result.Partition.Value));
        }
        return records.ToDictionary(topic => topic.Key, IReadOnlyList<TopicRecord> (topic) => topic.Value);
    }

    private static HashSet<TopicPartition> PartitionsOf(IConsumer<string, byte[]> consumer, IReadOnlyList<string> topics)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return
        [
            .. from topic in admin.GetMetadata(Timeout).Topics
               where topics.Contains(topic.Topic)
               from partition in topic.Partitions
               select new TopicPartition(topic.Topic, partition.PartitionId),
        ];
    }

    // Records without an id were not produced by the shop.
    private static Guid? IdOf(Message<string, byte[]> message) => Guid.TryParse(Header(message, "ce_id"), out var id) ? id : null;

    private static string? Header(Message<string, byte[]> message, string name) =>
        message.Headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
}

public sealed record TopicRecord(Guid Id, string Key, string Type, int Partition);
