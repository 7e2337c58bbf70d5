namespace Shop.Sagas;

/// <summary>The run of a step.</summary>
public sealed record StepContext
{
    /// <summary>A UUIDv7.</summary>
    public required Guid SagaId { get; init; }

    /// <summary>The saga's class name.</summary>
    public required string Saga { get; init; }

    /// <summary>The name of the step, or of the end.</summary>
    public required string Step { get; init; }

    /// <summary>True: the compensation of the step.</summary>
    public required bool IsUndo { get; init; }

    /// <summary>Counts from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>An earlier attempt, perhaps by a replica that died, may have reached the upstream.</summary>
    public bool MayHaveRun { get; init; }

    /// <summary>When the saga starts its compensation (UTC), unless it has reached its pivot.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Why the saga compensates: the reason of the refused step, or <c>timed_out</c>. Null while it goes forward.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// <c>{saga}/{step}/{do|undo}</c>: the same for every attempt, on every replica. For upstreams without an id of their own for the operation, such as the order's.
    /// </summary>
    public string IdempotencyKey => $"{SagaId}/{Step.Replace(' ', '-')}/{(IsUndo ? "undo" : "do")}";
}
