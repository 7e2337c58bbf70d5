namespace Shop.Messaging.SagaEngine;

/// <summary>What one attempt of a step led to: the saga's next row and its line in the log, written together.</summary>
internal sealed record SagaProgress
{
    public required Guid Id { get; init; }

    /// <summary>The version this replica holds; the write makes it one more, or fails if somebody else has.</summary>
    public required long Version { get; init; }
    public required string State { get; init; }

    /// <summary>The step to run next.</summary>
    public required string? Next { get; init; }
    public required SagaStatus Status { get; init; }
    public string? Reason { get; init; }
    public required int Attempts { get; init; }

    /// <summary>Null: the run goes on and the lease is renewed. Else the lease is given up and the saga is due after that time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public required string Step { get; init; }
    public required bool IsUndo { get; init; }
    public required int Attempt { get; init; }
    public required string Outcome { get; init; }
    public string? Error { get; init; }
    public required TimeSpan Duration { get; init; }
    public string? TraceId { get; init; }

    public bool Ends => Status is SagaStatus.Completed or SagaStatus.Compensated;
}

/// <summary>Another replica has taken the saga: this run has no say any more.</summary>
internal sealed class SagaLostException(Guid id) : Exception($"Saga {id} is another replica's now.");
