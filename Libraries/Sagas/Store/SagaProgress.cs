
namespace Shop.Sagas.Store;

/// <summary>How far a saga has come: its next row, and the lines of the log that led to it, written together.</summary>
internal sealed record SagaProgress
{
    public required Guid Id { get; init; }

    /// <summary>The version this replica holds. The write fails if somebody else has written since.</summary>
    public required long Version { get; init; }

    /// <summary>A version for each line, so that a line's version is its place in the log.</summary>
    public long NextVersion => Version + Math.Max(1, Lines.Count);

    public required string State { get; init; }

    /// <summary>The step to run next.</summary>
    public required string? Next { get; init; }
    public required SagaStatus Status { get; init; }
    public string? Reason { get; init; }

    /// <summary>Attempts of that step that have failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Null: the run goes on and the lease is renewed. Else the lease is given up and the saga is due after that time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public IReadOnlyList<SagaLogEntry> Lines { get; init; } = [];
}

/// <summary>One attempt of a step, as it stands in the log.</summary>
internal sealed record SagaLogEntry
{
    public required string Step { get; init; }
    public required bool IsUndo { get; init; }
    public required int Attempt { get; init; }
    public required string Outcome { get; init; }
    public string? Error { get; init; }

    /// <summary>TimeProvider timestamp: it may be written a while later.</summary>
    public required long EndedAt { get; init; }
    public TimeSpan Duration { get; init; }
    public string? TraceId { get; init; }
}

/// <summary>Another run, of this replica or of another, has taken the saga: this one can write nothing any more.</summary>
internal sealed class SagaLostException(Guid id) : Exception($"Saga {id} was taken over by another run.");
