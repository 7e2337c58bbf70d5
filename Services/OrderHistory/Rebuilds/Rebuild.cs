namespace Shop.OrderHistory.Rebuilds;

/// <summary>A rebuild of the tables from the topics: requested, under way, or ended.</summary>
internal sealed class Rebuild
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="RebuildState"/>.</summary>
    public string State { get; set; } = RebuildState.Running;

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How often a replica has begun it: one that dies leaves it to another.</summary>
    public int Attempts { get; set; }

    public long EventsRead { get; set; }

    public long EventsTotal { get; set; }

    public DateTimeOffset? SwappedAt { get; set; }

    /// <summary>Of the table that served until the swap; null: it has not been swapped in.</summary>
    public long? OrdersBefore { get; set; }

    /// <summary>Of the table that was swapped in.</summary>
    public long? OrdersAfter { get; set; }

    /// <summary>Why it has failed.</summary>
    public string? Error { get; set; }
}

internal static class RebuildState
{
    /// <summary>Of an answer only: there was no rebuild.</summary>
    public const string Idle = "idle";
    public const string Running = "running";
    public const string Swapped = "swapped";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
