namespace Shop.Sagas;

/// <summary>What a step may know about its run.</summary>
public sealed record StepContext
{
    public required Guid SagaId { get; init; }

    /// <summary>The saga's type.</summary>
    public required string Saga { get; init; }

    public required string Step { get; init; }

    public required bool IsUndo { get; init; }

    /// <summary>Counts from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>An earlier attempt, perhaps one of a replica that was killed, may have reached the upstream.</summary>
    public bool MayHaveRun { get; init; }

    /// <summary>When the saga turns back, unless it has reached its pivot.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Why the saga compensates: what the refused step said, or <c>timed_out</c>. Null while it goes forward.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// <c>{saga}/{step}/{do|undo}</c>: the same however often the step runs, on whichever replica. For upstreams that have no id of their own for what is done, such as the order's.
    /// </summary>
    public string IdempotencyKey => $"{SagaId}/{Step.Replace(' ', '-')}/{(IsUndo ? "undo" : "do")}";
}
