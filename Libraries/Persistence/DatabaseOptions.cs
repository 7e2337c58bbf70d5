using System.ComponentModel.DataAnnotations;

namespace Shop.Persistence;

/// <summary>Limits of a service's database connections. Configuration section <c>Database</c>; read at start.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Database";

    /// <summary>Connections that this replica may hold. Small, because all services share one server: a request that waits for a connection is better than one that the server refuses.</summary>
    [Range(4, 200)]
    public int MaxPoolSize { get; set; } = 12;

    /// <summary>Timeout of one command.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Timeout of one transaction: bounds how long an abandoned one holds locks and widens the index range that the outbox relay reads.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan TransactionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a command waits for a lock before it fails with a transient error.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often day partitions are created and rows past their retention are removed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan HousekeepingInterval { get; set; } = TimeSpan.FromHours(1);
}
