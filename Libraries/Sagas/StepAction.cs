
namespace Shop.Sagas;

/// <summary>One action of a saga, forward or back. Idempotent at the upstream, by the order's id or by <see cref="StepContext.IdempotencyKey"/>: it is repeated when its outcome is not known.</summary>
public delegate Task<StepResult> StepAction<in TState>(TState state, StepContext step, CancellationToken cancel);

/// <summary>The local transaction that ends a saga: what it changes and publishes on the saga's DbContext is committed with the saga's end.</summary>
public delegate Task SagaEnd<in TState>(TState state, StepContext step, CancellationToken cancel);
