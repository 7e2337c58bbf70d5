
namespace Shop.Sagas;

/// <summary>The outcome of a step: done, refused, or retry later. An unknown outcome is an exception.</summary>
public readonly record struct StepResult
{
    private StepResult(StepOutcome outcome, string? reason, TimeSpan after) => (Outcome, Reason, After) = (outcome, reason, after);

    /// <summary>The kind of outcome.</summary>
    public StepOutcome Outcome { get; }

    /// <summary>Of a refusal: in snake_case, it becomes the saga's reason. Of <see cref="RetryAfter"/>: why.</summary>
    public string? Reason { get; }

    /// <summary>The delay of <see cref="RetryAfter"/>; otherwise zero.</summary>
    public TimeSpan After { get; }

    /// <summary>The step is done.</summary>
    public static StepResult Done { get; }

    /// <summary>A permanent refusal: the saga compensates. Past the pivot, where there is no compensation, the step is retried.</summary>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    public static StepResult Refused(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(StepOutcome.Refused, reason, default);
    }

    /// <summary>Not decided yet: the step runs again after <paramref name="after"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is negative.</exception>
    public static StepResult RetryAfter(TimeSpan after, string why)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        return new(StepOutcome.RetryAfter, why, after);
    }
}

/// <summary>The kinds of known outcomes.</summary>
public enum StepOutcome
{
    /// <summary>See <see cref="StepResult.Done"/>.</summary>
    Done,
    /// <summary>See <see cref="StepResult.Refused"/>.</summary>
    Refused,
    /// <summary>See <see cref="StepResult.RetryAfter"/>.</summary>
    RetryAfter,
}
