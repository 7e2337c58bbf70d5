

namespace Shop.Messaging.DeadLetters;

/// <summary>An event that a handler could not process, or that follows such an event of its key.</summary>
/// <param name="Consumer">The handler's class name.</param>
/// <param name="Reason">The last failure, or that an earlier event of the key is parked.</param>
/// <param name="Attempts">0: parked behind an earlier event of its key, never tried.</param>
/// <param name="Status">parked, replayed, discarded.</param>
public sealed record DeadLetter(
    Guid Id, Guid EventId, string Consumer, string Topic, int Partition, long Offset, string Key, string Type, string Source, DateTimeOffset OccurredAt,
    string Reason, string? Stack, int Attempts, string? TraceId, DateTimeOffset ParkedAt, string Status, DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Resolution);

/// <summary>Which dead letters to list. A property that is null does not restrict.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>The handler's class name.</summary>
    public string? Consumer { get; init; }

    /// <summary>The events' key.</summary>
    public string? Key { get; init; }

    /// <summary>Includes replayed and discarded ones.</summary>
    public bool AlsoResolved { get; init; }
}

/// <summary>The result of a replay: all events of the key or none.</summary>
/// <param name="Replayed">The number of events handled; 0 if one failed.</param>
/// <param name="FailedId">The dead letter whose event failed again; null if none did.</param>
/// <param name="Error">Why it failed; null if none did.</param>
public sealed record ReplayResult(int Replayed, Guid? FailedId, string? Error);
