using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging;

/// <summary>Configuration section <c>Messaging</c>. The defaults are meant for production.</summary>
public sealed class MessagingOptions
{
    public const string Section = "Messaging";

    /// <summary>An event's payload; the broker's own limit (1 MB by default) lies above it.</summary>
    [Range(1_000, 900_000)]
    public int MaxEventBytes { get; set; } = 512_000;

    /// <summary>How many replicas a new topic has. A cluster of several brokers wants 3.</summary>
    [Range(1, 9)]
    public short TopicReplication { get; set; } = 1;

    [Range(1, 1000)]
    public int TopicPartitions { get; set; } = 12;

    /// <summary>How long one administrative call to the broker may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AdminTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
