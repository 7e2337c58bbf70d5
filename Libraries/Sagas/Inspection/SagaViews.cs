namespace Shop.Sagas.Inspection;

/// <summary>Which sagas to list. A property that is null does not restrict.</summary>
public sealed record SagaFilter
{
    /// <summary>The saga's class name.</summary>
    public string? Type { get; init; }

    /// <summary>What the sagas are about, such as an order's id. An index leads to them.</summary>
    public string? Subject { get; init; }

    /// <summary>The saga's status.</summary>
    public SagaStatus? Status { get; init; }

    /// <summary>True: only unfinished sagas past their deadline; false: all others.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Only running and compensating sagas.</summary>
    public bool OnlyUnfinished { get; init; }
}

/// <summary>A saga's row. Times are UTC, by the database's clock.</summary>
/// <param name="Subject">What it is about, such as the order's id.</param>
/// <param name="Step">The step to run next; null if it has ended or not started.</param>
/// <param name="Attempts">Failed attempts of that step.</param>
/// <param name="Reason">Why it compensates; null if it does not.</param>
/// <param name="DueAt">When it continues at the latest: after its delay, or when the lease of the replica that runs it ends. Null if it has ended.</param>
/// <param name="Overdue">Unfinished and past its deadline.</param>
public sealed record SagaSummary(
    Guid Id, string Type, string? Subject, SagaStatus Status, string? Step, int Attempts, string? Reason,
    DateTimeOffset StartedAt, DateTimeOffset Deadline, DateTimeOffset? DueAt, DateTimeOffset? EndedAt, bool Overdue);

/// <summary>A saga with its state and log.</summary>
/// <param name="State">JSON.</param>
/// <param name="TraceId">Of the request that started it.</param>
public sealed record SagaDetails(SagaSummary Summary, string State, string? TraceId, IReadOnlyList<SagaLogEntry> Log);

/// <summary>One attempt of a step or of an end.</summary>
/// <param name="Outcome">done, refused, failed (outcome unknown), again (a RetryAfter), timed_out, compensation requested (by an operator).</param>
public sealed record SagaLogEntry(
    long Sequence, string Step, bool IsUndo, int Attempt, string Outcome, string? Error, DateTimeOffset StartedAt, TimeSpan Duration, string? TraceId);
