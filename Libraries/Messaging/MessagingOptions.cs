using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging;

/// <summary>Limits of events and topics. Configuration section <c>Messaging</c>. The defaults suit production.</summary>
public sealed class MessagingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Messaging";

    /// <summary>The largest payload of an event, in bytes. Keep it below the broker's own limit (1 MB by default).</summary>
    [Range(1_000, 900_000)]
    public int MaxEventBytes { get; set; } = 512_000;

    /// <summary>The replication factor of a new topic. Use 3 on a cluster of several brokers.</summary>
    [Range(1, 9)]
    public short TopicReplication { get; set; } = 1;

    /// <summary>The number of partitions of a new topic. Existing topics are not changed.</summary>
    [Range(1, 1000)]
    public int TopicPartitions { get; set; } = 12;

    /// <summary>Timeout of one administrative call to the broker.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AdminTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
