
namespace Shop.Sagas;

/// <summary>What a step says: done, refused, or ask again later. Not knowing is an exception.</summary>
public readonly record struct StepResult
{
    private StepResult(StepOutcome outcome, string? reason, TimeSpan after) => (Outcome, Reason, After) = (outcome, reason, after);

    public StepOutcome Outcome { get; }

    /// <summary>Of a refusal: snake_case, it becomes the saga's reason. Of <see cref="RetryAfter"/>: why.</summary>
    public string? Reason { get; }

    public TimeSpan After { get; }

    public static StepResult Done { get; }

    /// <summary>The business says no, for good: the saga compensates (after the pivot: the step is repeated, for there is no way back).</summary>
    public static StepResult Refused(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(StepOutcome.Refused, reason, default);
    }

    /// <summary>Not decided yet: the step runs again after that time.</summary>
    public static StepResult RetryAfter(TimeSpan after, string why)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        return new(StepOutcome.RetryAfter, why, after);
    }
}

public enum StepOutcome
{
    Done,
    Refused,
    RetryAfter,
}
