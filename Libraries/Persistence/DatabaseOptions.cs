using System.ComponentModel.DataAnnotations;

namespace Shop.Persistence;

/// <summary>How a service uses its database. Configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Connections this replica may hold. All services share one server, so it is small: a waiting request is better than a refused one.</summary>
    [Range(4, 200)]
    public int MaxPoolSize { get; set; } = 12;

    /// <summary>How long one command may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one transaction may take: it bounds what a forgotten one can hold up (locks, the relay's index range).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan TransactionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a command waits for a lock before it fails (as transient).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often days are made and what is past its retention is removed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan HousekeepingInterval { get; set; } = TimeSpan.FromHours(1);
}
