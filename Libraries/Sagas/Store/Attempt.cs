
namespace Shop.Sagas.Store;

/// <summary>One attempt of a step.</summary>
/// <param name="Outcome">Null: unknown.</param>
internal readonly record struct Attempt(StepOutcome? Outcome, string? Reason, TimeSpan? WaitFor, Exception? Failure, TimeSpan Duration, string? TraceId)
{
    public TimeSpan? After => Outcome is StepOutcome.RetryAfter ? WaitFor : null;
}
