using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging.Inbox;

/// <summary>Configuration section <c>Messaging:Consumer</c>.</summary>
public sealed class ConsumerOptions
{
    /// <summary>How many events of a partition share a transaction at most.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>How long a partition's batch waits for those of others, to share its transaction with them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>How many events of several partitions share a transaction at most.</summary>
    [Range(1, 100_000)]
    public int GroupSize { get; set; } = 500;

    /// <summary>How many events of a partition may wait in memory; then it pauses.</summary>
    [Range(1, 100_000)]
    public int QueueLimit { get; set; } = 1000;

    /// <summary>How many transactions run at once: each holds a database connection.</summary>
    [Range(1, 100)]
    public int Concurrency { get; set; } = 3;

    /// <summary>How often an event that fails for no passing reason is tried, alone, before it is parked.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 3;

    /// <summary>How long one event's handler may take. Below the database's transaction timeout.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(100);

    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a partition that is taken away may finish its transaction.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan RevokeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A partition on which events wait and nothing happens for so long is reported: metric, log, degraded health.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is asked whether a topic has been deleted and made again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TopicCheck { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often records that no handler is for are logged, each kind of them once.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SkippedLogInterval { get; set; } = TimeSpan.FromMinutes(10);
}
