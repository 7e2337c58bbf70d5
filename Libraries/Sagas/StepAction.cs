
namespace Shop.Sagas;

/// <summary>One action of a saga, a step or its compensation. It is repeated if its outcome is unknown, so it must be idempotent at the upstream, by the order's id or by <see cref="StepContext.IdempotencyKey"/>.</summary>
/// <param name="cancel">Cancelled after <see cref="SagaOptions.StepTimeout"/>, and when the process stops.</param>
public delegate Task<StepResult> StepAction<in TState>(TState state, StepContext step, CancellationToken cancel);

/// <summary>The local transaction that ends a saga: its changes and events on the saga's DbContext are committed with the saga's end. It may run again after a failure.</summary>
public delegate Task SagaEnd<in TState>(TState state, StepContext step, CancellationToken cancel);
