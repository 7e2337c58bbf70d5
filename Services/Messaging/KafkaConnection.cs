using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Shop.Messaging;

/// <summary>How this service speaks to the broker. Every setting that matters is here.</summary>
internal sealed class KafkaConnection(IConfiguration configuration, MessagingDefinition definition, IOptions<ConsumerOptions> consumer)
{
    private readonly string _servers = configuration.GetConnectionString("kafka") is { Length: > 0 } servers
        ? servers
        : throw new InvalidOperationException("The connection string 'kafka' is missing: set ConnectionStrings__kafka to the brokers' host:port list.");

    public AdminClientConfig Admin() => new(Client());

    public ProducerConfig Producer() => new(Client())
    {
        EnableIdempotence = true,
        Acks = Acks.All,
        MessageTimeoutMs = 0,
        EnableGaplessGuarantee = true,
        // The same partition for a key as any other Kafka client would choose.
        Partitioner = Partitioner.Murmur2Random,
        CompressionType = CompressionType.Lz4,
        // The relay publishes in batches already.
        LingerMs = 1,
        EnableDeliveryReports = true,
        DeliveryReportFields = "status",
    };

    public ConsumerConfig Consumer() => new(Client())
    {
        GroupId = definition.Service,
        // A group that has never been here reads from the beginning: nothing is lost while a service is new or the broker forgot.
        AutoOffsetReset = AutoOffsetReset.Earliest,
        // Offsets are stored when the transaction is committed, and sent on in the background and at every hand-over.
        EnableAutoOffsetStore = false,
        EnableAutoCommit = true,
        AutoCommitIntervalMs = 1000,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        SessionTimeoutMs = (int)consumer.Value.SessionTimeout.TotalMilliseconds,
        HeartbeatIntervalMs = (int)(consumer.Value.SessionTimeout.TotalMilliseconds / 5),
        MaxPollIntervalMs = 300_000,
        FetchWaitMaxMs = 500,
        // Bounds what lies in memory before it reaches the partitions' queues.
        QueuedMaxMessagesKbytes = 16_384,
        EnablePartitionEof = false,
        AllowAutoCreateTopics = false,
        // How soon a topic is found whose owner started later.
        TopicMetadataRefreshIntervalMs = 5_000,
    };

    private Dictionary<string, string> Client() => new()
    {
        ["bootstrap.servers"] = _servers,
        ["client.id"] = definition.Service,
        ["reconnect.backoff.ms"] = "100",
        ["reconnect.backoff.max.ms"] = "2000",
        ["socket.keepalive.enable"] = "true",
    };
}
