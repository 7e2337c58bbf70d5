using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging.Inbox;

/// <summary>Batches, retries and timeouts of the consumer. Configuration section <c>Messaging:Consumer</c>.</summary>
public sealed class ConsumerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = MessagingOptions.Section + ":Consumer";

    /// <summary>The most events of one partition in a transaction.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>How long a partition's batch waits for batches of other partitions to share a transaction.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan BatchDelay { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>The most events of several partitions in a shared transaction.</summary>
    [Range(1, 100_000)]
    public int GroupSize { get; set; } = 500;

    /// <summary>How many events of a partition may wait in memory; above it, fetching pauses.</summary>
    [Range(1, 100_000)]
    public int QueueLimit { get; set; } = 1000;

    /// <summary>The most concurrent transactions: each holds a database connection.</summary>
    [Range(1, 100)]
    public int Concurrency { get; set; } = 3;

    /// <summary>Attempts, alone in a transaction, for an event that fails permanently, before it is parked. Transient failures do not count.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 3;

    /// <summary>Timeout of a handler for one event. Keep it below the database's transaction timeout.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The delay before the first retry; it doubles with each further one, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest delay between retries.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a revoked partition may take to finish its transaction.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan RevokeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A partition that makes no progress for this long although events wait is reported: metric, log, degraded health.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the broker is queried for recreated topics.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TopicCheck { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often skipped records (no handler) are logged, once for each topic and type.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SkippedLogInterval { get; set; } = TimeSpan.FromMinutes(10);
}
