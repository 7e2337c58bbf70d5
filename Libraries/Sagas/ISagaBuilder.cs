
namespace Shop.Sagas;

/// <summary>Says a saga aloud: its steps in order.</summary>
public interface ISagaBuilder<TState> where TState : class
{
    /// <summary>How long it may take until the pivot; after that it compensates. Required.</summary>
    ISagaBuilder<TState> Within(TimeSpan time);

    /// <param name="name">Part of the idempotency key and of the stored state: do not rename while sagas are running.</param>
    /// <param name="undo">Takes the step back, also when it is not known whether it happened. Without one there is nothing to take back.</param>
    /// <param name="when">The step is left out (and its undo) where this is false.</param>
    ISagaBuilder<TState> Step(string name, StepAction<TState> action, StepAction<TState>? undo = null, Func<TState, bool>? when = null);

    /// <summary>
    /// The point of no return. Refused: everything before is undone. Done: from there on only forward, whatever the time. Not known: repeated until it is known.
    /// </summary>
    /// <param name="undo">For a pivot that was refused after an attempt whose outcome is not known, and for an operator who takes a saga back past it.</param>
    ISagaBuilder<TState> Pivot(string name, StepAction<TState> action, StepAction<TState>? undo = null, Func<TState, bool>? when = null);

    /// <summary>When all steps are done.</summary>
    /// <param name="name">How operators see it.</param>
    ISagaBuilder<TState> Finish(string name, SagaEnd<TState> end);

    /// <summary>When everything is undone.</summary>
    /// <param name="name">How operators see it.</param>
    ISagaBuilder<TState> OnFailure(string name, SagaEnd<TState> end);

    ISagaBuilder<TState> Finish(SagaEnd<TState> end) => Finish("finish", end);

    ISagaBuilder<TState> OnFailure(SagaEnd<TState> end) => OnFailure("on failure", end);
}
