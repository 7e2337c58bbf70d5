
namespace Shop.Sagas.Store;

/// <summary>One try of one step.</summary>
/// <param name="Outcome">Null: not known.</param>
internal readonly record struct Attempt(StepOutcome? Outcome, string? Reason, TimeSpan? WaitFor, Exception? Failure, TimeSpan Duration, string? TraceId)
{
    public TimeSpan? After => Outcome is StepOutcome.RetryAfter ? WaitFor : null;
}
