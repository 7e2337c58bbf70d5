
namespace Shop.Sagas.Store;

/// <summary>A saga's next row and the log entries that led to it, written together.</summary>
internal sealed record SagaProgress
{
    public required Guid Id { get; init; }

    /// <summary>The version that this replica holds. The write fails if another run has written since.</summary>
    public required long Version { get; init; }

    /// <summary>Each log entry takes one version, which is its sequence number.</summary>
    public long NextVersion => Version + Math.Max(1, Entries.Count);

    public required string State { get; init; }

    /// <summary>The step to run next.</summary>
    public required string? Next { get; init; }
    public required SagaStatus Status { get; init; }
    public string? Reason { get; init; }

    /// <summary>Failed attempts of that step.</summary>
    public int Attempts { get; init; }

    /// <summary>Null: the run continues and the lease is renewed. Otherwise the lease is released and the saga is due after this delay.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<SagaLogEntry> Entries { get; init; } = [];
}

/// <summary>One attempt of a step, as a log entry.</summary>
internal sealed record SagaLogEntry
{
    public required string Step { get; init; }
    public required bool IsUndo { get; init; }
    public required int Attempt { get; init; }
    public required string Outcome { get; init; }
    public string? Error { get; init; }

    /// <summary>A TimeProvider timestamp: the entry may be written later.</summary>
    public required long EndedAt { get; init; }
    public TimeSpan Duration { get; init; }
    public string? TraceId { get; init; }
}

/// <summary>Another run, on this replica or another, has taken the saga over: this run can no longer write.</summary>
internal sealed class SagaLostException(Guid id) : Exception($"Saga {id} was taken over by another run.");
