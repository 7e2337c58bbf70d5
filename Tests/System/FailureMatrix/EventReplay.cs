using System.Text;
using Confluent.Kafka;
using Google.Protobuf;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>Reads the events of some keys from the topics, and publishes them again.</summary>
internal sealed class EventReplay(string bootstrap)
{
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(30);

    /// <summary>Ids of the test are older than every event of the shop, as those of a partition that was purged: the checker expects no outbox to have them.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(30);

    public static string TypeOf(ConsumeResult<string, byte[]> record) => Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes("ce_type")).Split('.')[^1];

    /// <summary>In the order of each partition.</summary>
    public IReadOnlyList<ConsumeResult<string, byte[]>> Read(IReadOnlyCollection<string> topics, IReadOnlySet<string> keys)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = $"matrix-{Guid.CreateVersion7():N}",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var unread = admin.GetMetadata(ReadWithin).Topics.Where(topic => topics.Contains(topic.Topic))
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))).ToHashSet();
        consumer.Assign(unread.Select(partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        var found = new List<ConsumeResult<string, byte[]>>();
        var begun = TimeProvider.System.GetTimestamp();
        while (unread.Count > 0)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > ReadWithin)
                throw new TimeoutException($"{string.Join(", ", unread)} cannot be read to the end.");
            if (consumer.Consume(TimeSpan.FromSeconds(1)) is not { } record)
                continue;
            if (record.IsPartitionEOF)
                unread.Remove(record.TopicPartition);
            else if (keys.Contains(record.Message.Key))
                found.Add(record);
        }

        return found;
    }

    /// <summary>Key, headers, id and bytes as they were.</summary>
    public Task AgainAsync(IEnumerable<ConsumeResult<string, byte[]>> records) => PublishAsync(records.Select(record => (record.TopicPartition, record.Message)));

    /// <summary>As they were, but with ids that no consumer has seen, so that no inbox keeps them from its handler. Returns the ids.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> AsNewAsync(IEnumerable<ConsumeResult<string, byte[]>> records)
    {
        var copies = records.Select(record => (Id: OldId(), Record: record)).ToList();
        await PublishAsync(copies.Select(copy => (copy.Record.TopicPartition, Copy(copy.Record, copy.Id, copy.Record.Message.Value))));
        return copies.ToDictionary(copy => copy.Id, copy => TypeOf(copy.Record));
    }

    /// <summary>An event that the shop has not published, with the headers of one that it has, on the partition of its key.</summary>
    public Task NewAsync(ConsumeResult<string, byte[]> sample, ConsumeResult<string, byte[]> sameKey, IMessage value) =>
        PublishAsync([(sameKey.TopicPartition, Copy(sample, OldId(), value.ToByteArray(), sameKey.Message.Key))]);

    private static Guid OldId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow() - Age);

    private static Message<string, byte[]> Copy(ConsumeResult<string, byte[]> record, Guid id, byte[] value, string? key = null)
    {
        var headers = new Headers();
        foreach (var header in record.Message.Headers.Where(header => header.Key is not ("ce_id" or "traceparent" or "tracestate")))
            headers.Add(header.Key, header.GetValueBytes());
        headers.Add("ce_id", Encoding.UTF8.GetBytes(id.ToString()));
        return new() { Key = key ?? record.Message.Key, Value = value, Headers = headers };
    }

    private async Task PublishAsync(IEnumerable<(TopicPartition Partition, Message<string, byte[]> Message)> records)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = bootstrap, Acks = Acks.All, EnableIdempotence = true })
            .SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
        foreach (var (partition, message) in records)
            await producer.ProduceAsync(partition, message);
    }
}
