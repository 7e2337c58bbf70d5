
namespace Shop.Sagas;

/// <summary>Defines a saga's steps in order.</summary>
public interface ISagaBuilder<TState> where TState : class
{
    /// <summary>The deadline for reaching the pivot, from the start; after it the saga compensates. Required.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is not positive.</exception>
    ISagaBuilder<TState> Within(TimeSpan time);

    /// <summary>Adds a step.</summary>
    /// <param name="name">Part of the idempotency key and of the stored state: do not rename it while sagas are running. Unique, without '/'.</param>
    /// <param name="undo">The compensation. It also runs if the step's outcome is unknown. Null: nothing to compensate.</param>
    /// <param name="when">If it returns false, the step and its compensation are skipped.</param>
    /// <exception cref="InvalidOperationException">The name is used already, or contains '/'.</exception>
    ISagaBuilder<TState> Step(string name, StepAction<TState> action, StepAction<TState>? undo = null, Func<TState, bool>? when = null);

    /// <summary>
    /// Adds the pivot, the point of no return. Refused: the earlier steps are compensated. Done: the saga only goes forward, even past the deadline. Unknown: retried until
    /// the outcome is known.
    /// </summary>
    /// <param name="undo">Runs if the pivot was refused after an attempt with an unknown outcome, or if an operator compensates a saga that is at it. Null: a saga at its pivot
    /// cannot be compensated any more.</param>
    /// <exception cref="InvalidOperationException">There is a pivot already, or the name is not allowed.</exception>
    ISagaBuilder<TState> Pivot(string name, StepAction<TState> action, StepAction<TState>? undo = null, Func<TState, bool>? when = null);

    /// <summary>The local transaction after all steps are done.</summary>
    /// <param name="name">As operators see it.</param>
    ISagaBuilder<TState> Finish(string name, SagaEnd<TState> end);

    /// <summary>The local transaction after the compensation.</summary>
    /// <param name="name">As operators see it.</param>
    ISagaBuilder<TState> OnFailure(string name, SagaEnd<TState> end);

    /// <inheritdoc cref="Finish(string, SagaEnd{TState})"/>
    ISagaBuilder<TState> Finish(SagaEnd<TState> end) => Finish("finish", end);

    /// <inheritdoc cref="OnFailure(string, SagaEnd{TState})"/>
    ISagaBuilder<TState> OnFailure(SagaEnd<TState> end) => OnFailure("on failure", end);
}
