namespace Shop.Sagas.Inspection;

public sealed record SagaFilter
{
    public string? Type { get; init; }

    public SagaStatus? Status { get; init; }

    /// <summary>True: only those unfinished past the deadline; false: none of those.</summary>
    public bool? Overdue { get; init; }

    public bool OnlyUnfinished { get; init; }
}

/// <param name="Subject">What it is about: the order's id.</param>
/// <param name="Step">The step to run next; null when it has ended, or has not begun.</param>
/// <param name="Attempts">Of that step, so far failed.</param>
/// <param name="Reason">Why it compensates.</param>
/// <param name="DueAt">When it goes on at the latest: after its wait, or when the lease of the replica that runs it ends. Null when it has ended.</param>
/// <param name="Overdue">Unfinished past the deadline.</param>
public sealed record SagaSummary(
    Guid Id, string Type, string? Subject, SagaStatus Status, string? Step, int Attempts, string? Reason,
    DateTimeOffset StartedAt, DateTimeOffset Deadline, DateTimeOffset? DueAt, DateTimeOffset? EndedAt, bool Overdue);

/// <param name="State">JSON.</param>
/// <param name="TraceId">Of the request that started it.</param>
public sealed record SagaDetails(SagaSummary Summary, string State, string? TraceId, IReadOnlyList<SagaLogEntry> Log);

/// <param name="Outcome">done, refused, failed, again, timed_out, turned back.</param>
public sealed record SagaLogEntry(
    long Sequence, string Step, bool IsUndo, int Attempt, string Outcome, string? Error, DateTimeOffset StartedAt, TimeSpan Duration, string? TraceId);
