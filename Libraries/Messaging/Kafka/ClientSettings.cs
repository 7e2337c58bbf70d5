using Confluent.Kafka;

namespace Shop.Messaging.Kafka;

/// <summary>
/// Settings of the Kafka clients. Values assigned with <c>??=</c> are defaults that the sections <c>Aspire:Confluent:Kafka:Producer</c> and <c>…:Consumer</c> override;
/// outbox and inbox rely on the others, which cannot be overridden.
/// </summary>
internal static class ClientSettings
{
    /// <summary>For publishing the outbox: idempotent, without gaps, however long the broker is unavailable.</summary>
    public static void UseForEvents(this ProducerConfig config, string service)
    {
        config.Use(service);
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.MessageTimeoutMs = 0;
        config.EnableGaplessGuarantee = true;
        // A topic's owner creates it with the right number of partitions; the broker would use its own default.
        config.AllowAutoCreateTopics = false;
        // The same partition for a key as the Java client chooses.
        config.Partitioner = Partitioner.Murmur2Random;
        config.EnableDeliveryReports = true;
        config.DeliveryReportFields = "status";
        config.CompressionType ??= CompressionType.Lz4;
        // Milliseconds. The relay publishes in batches already.
        config.LingerMs ??= 1;
    }

    /// <summary>For administrative calls and the health check, which copies these settings: a message that it could not send in time must not be a fatal error.</summary>
    public static void UseForAdministration(this ProducerConfig config, string service)
    {
        config.Use(service);
        config.EnableGaplessGuarantee = null;
    }

    public static void UseForGroup(this ConsumerConfig config, string service)
    {
        config.Use(service);
        config.GroupId = service;
        // Without committed offsets (a new service, or a broker that lost them) the group reads from the beginning and misses nothing.
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        // Offsets are stored after the database commit, and committed to Kafka in the background and at every revocation.
        config.EnableAutoOffsetStore = false;
        config.EnableAutoCommit = true;
        config.AutoCommitIntervalMs ??= 1000;
        config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
        // A member without heartbeats for this long loses its partitions.
        config.SessionTimeoutMs ??= 10_000;
        config.HeartbeatIntervalMs ??= config.SessionTimeoutMs / 5;
        config.MaxPollIntervalMs ??= 300_000;
        config.FetchWaitMaxMs ??= 500;
        // Bounds the memory of records fetched before they reach the partitions' queues.
        config.QueuedMaxMessagesKbytes ??= 16_384;
        config.EnablePartitionEof = false;
        config.AllowAutoCreateTopics = false;
        // How soon a newly created topic is discovered.
        config.TopicMetadataRefreshIntervalMs ??= 5_000;
    }

    /// <summary>For reading topics from their beginning, beside the group: nothing is committed, and the group's offsets are not used.</summary>
    public static void UseForReading(this ConsumerConfig config)
    {
        config.GroupId += "-reader";
        config.EnableAutoCommit = false;
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        // Reading is all that this client does.
        config.QueuedMaxMessagesKbytes = 65_536;
        config.FetchWaitMaxMs = 50;
    }

    private static void Use(this ClientConfig config, string service)
    {
        config.ClientId ??= service;
        config.ReconnectBackoffMs ??= 100;
        config.ReconnectBackoffMaxMs ??= 2000;
        config.SocketKeepaliveEnable ??= true;
        // librdkafka's statistics are not used; the integration would enable them every second.
        config.StatisticsIntervalMs ??= 0;
        // The error handlers report errors; librdkafka would log each a second time, and the health check's client logs to stderr. The setting "debug" overrides it.
        config.Set("log_level", "2");
    }
}
