using Confluent.Kafka;

namespace Shop.Messaging.Kafka;

/// <summary>
/// How this service's clients speak to the broker. What is assigned here with <c>??=</c> is a default that the sections <c>Aspire:Confluent:Kafka:Producer</c> and
/// <c>…:Consumer</c> override; the rest is what outbox and inbox stand on, and stays.
/// </summary>
internal static class ClientSettings
{
    /// <summary>Publishes the outbox: idempotent, without gaps, however long the broker is away.</summary>
    public static void UseForEvents(this ProducerConfig config, string service)
    {
        config.Use(service);
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.MessageTimeoutMs = 0;
        config.EnableGaplessGuarantee = true;
        // Their owner makes topics, with the right number of partitions; a broker that does so by itself has another number in mind.
        config.AllowAutoCreateTopics = false;
        // The same partition for a key as any other Kafka client would choose.
        config.Partitioner = Partitioner.Murmur2Random;
        config.EnableDeliveryReports = true;
        config.DeliveryReportFields = "status";
        config.CompressionType ??= CompressionType.Lz4;
        // The relay publishes in batches already.
        config.LingerMs ??= 1;
    }

    /// <summary>Connects the administrative calls and the health check, which copies this: a message that it could not send in time must not be fatal.</summary>
    public static void UseForAdministration(this ProducerConfig config, string service)
    {
        config.Use(service);
        config.EnableGaplessGuarantee = null;
    }

    public static void UseForGroup(this ConsumerConfig config, string service)
    {
        config.Use(service);
        config.GroupId = service;
        // A group that has never been here reads from the beginning: nothing is lost while a service is new or the broker forgot.
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        // Offsets are stored when the transaction is committed, and sent on in the background and at every hand-over.
        config.EnableAutoOffsetStore = false;
        config.EnableAutoCommit = true;
        config.AutoCommitIntervalMs ??= 1000;
        config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
        // A member silent for so long loses its partitions.
        config.SessionTimeoutMs ??= 10_000;
        config.HeartbeatIntervalMs ??= config.SessionTimeoutMs / 5;
        config.MaxPollIntervalMs ??= 300_000;
        config.FetchWaitMaxMs ??= 500;
        // Bounds what lies in memory before it reaches the partitions' queues.
        config.QueuedMaxMessagesKbytes ??= 16_384;
        config.EnablePartitionEof = false;
        config.AllowAutoCreateTopics = false;
        // How soon a topic is found whose owner started later.
        config.TopicMetadataRefreshIntervalMs ??= 5_000;
    }

    private static void Use(this ClientConfig config, string service)
    {
        config.ClientId ??= service;
        config.ReconnectBackoffMs ??= 100;
        config.ReconnectBackoffMaxMs ??= 2000;
        config.SocketKeepaliveEnable ??= true;
        // Nobody reads librdkafka's statistics, and the integration would have them made every second.
        config.StatisticsIntervalMs ??= 0;
        // Errors come through the error handlers; librdkafka would log each a second time, and the health check's client writes its log to stderr. Debug overrides it.
        config.Set("log_level", "2");
    }
}
