using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging;

/// <summary>Configuration section <c>Messaging:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>How many events of a shard one read takes.</summary>
    [Range(1, 100_000)]
    public int ReadLimit { get; set; } = 1000;

    /// <summary>The safety net: a commit wakes the relay.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after a commit the relay waits for more before it reads.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How long a silent replica keeps its shards; it renews them three times as often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the broker is asked whether it still has what it acknowledged.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LostDataCheck { get; set; } = TimeSpan.FromSeconds(30);
}
