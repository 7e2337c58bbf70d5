

namespace Shop.Messaging.DeadLetters;

/// <param name="Consumer">The handler.</param>
/// <param name="Reason">The last failure, or that an earlier event of the key is parked.</param>
/// <param name="Attempts">0: it was never tried, it waits behind another.</param>
/// <param name="Status">parked, replayed, discarded.</param>
public sealed record DeadLetter(
    Guid Id, Guid EventId, string Consumer, string Topic, int Partition, long Offset, string Key, string Type, string Source, DateTimeOffset OccurredAt,
    string Reason, string? Stack, int Attempts, string? TraceId, DateTimeOffset ParkedAt, string Status, DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Resolution);

public sealed record DeadLetterFilter
{
    public string? Consumer { get; init; }

    public string? Key { get; init; }

    /// <summary>Those replayed or discarded, too.</summary>
    public bool AlsoResolved { get; init; }
}

/// <param name="Replayed">How many events were handled; 0 when one failed: then none was.</param>
/// <param name="FailedId">The letter whose event failed again; null when all went well.</param>
public sealed record ReplayResult(int Replayed, Guid? FailedId, string? Error);
