namespace Shop.Messaging.SagaEngine;

internal sealed class SagaBuilder<TState>(string type) : ISagaBuilder<TState> where TState : class
{
    private readonly List<SagaStep> _steps = [];
    private TimeSpan? _within;
    private int? _pivot;
    private SagaEnd<TState>? _finish;
    private SagaEnd<TState>? _onFailure;

    public ISagaBuilder<TState> Within(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        _within = time;
        return this;
    }

    public ISagaBuilder<TState> Step(string name, StepAction<TState> action, StepAction<TState>? undo = null, Func<TState, bool>? when = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name is SagaDefinition.FinishName or SagaDefinition.OnFailureName || name.Contains('/'))
            throw new InvalidOperationException($"{type}: a step cannot be called '{name}'.");
        if (_steps.Any(step => step.Name.Replace(' ', '-') == name.Replace(' ', '-')))
            throw new InvalidOperationException($"{type} has two steps '{name}': the name is part of the idempotency key.");
        _steps.Add(new(name, Bind(action), undo is null ? null : Bind(undo), when is null ? null : state => when((TState)state)));
        return this;
    }

    public ISagaBuilder<TState> Pivot(string name, StepAction<TState> action, StepAction<TState>? undo = null, Func<TState, bool>? when = null)
    {
        if (_pivot is not null)
            throw new InvalidOperationException($"{type} has two pivots.");
        Step(name, action, undo, when);
        _pivot = _steps.Count - 1;
        return this;
    }

    public ISagaBuilder<TState> Finish(SagaEnd<TState> end)
    {
        _finish = end;
        return this;
    }

    public ISagaBuilder<TState> OnFailure(SagaEnd<TState> end)
    {
        _onFailure = end;
        return this;
    }

    public SagaDefinition Build()
    {
        if (_steps.Count == 0)
            throw new InvalidOperationException($"{type} has no steps.");
        if (_within is not { } within)
            throw new InvalidOperationException($"{type} has no deadline: say Within(…).");
        return new(type, within, _steps, _pivot, Bind(_finish), Bind(_onFailure), typeof(TState));
    }

    private static Func<object, StepContext, CancellationToken, Task<StepResult>> Bind(StepAction<TState> action) =>
        (state, step, cancel) => action((TState)state, step, cancel);

    private static Func<object, StepContext, CancellationToken, Task>? Bind(SagaEnd<TState>? end) =>
        end is null ? null : (state, step, cancel) => end((TState)state, step, cancel);
}
