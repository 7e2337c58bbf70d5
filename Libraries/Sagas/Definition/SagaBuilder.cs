
namespace Shop.Sagas.Definition;

internal sealed class SagaBuilder<TState>(string type) : ISagaBuilder<TState> where TState : class
{
    private readonly List<SagaStep> _steps = [];
    private TimeSpan? _within;
    private int? _pivot;
    private SagaLastStep _finish = new("finish", null);
    private SagaLastStep _onFailure = new("on failure", null);

    public ISagaBuilder<TState> Within(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        _within = time;
        return this;
    }

    public ISagaBuilder<TState> Step(string name, StepAction<TState> action, StepAction<TState>? undo = null, Func<TState, bool>? when = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains('/'))
            throw new InvalidOperationException($"{type}: the step name '{name}' contains '/', the separator of idempotency keys.");
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

    public ISagaBuilder<TState> Finish(string name, SagaEnd<TState> end)
    {
        _finish = Last(name, end);
        return this;
    }

    public ISagaBuilder<TState> OnFailure(string name, SagaEnd<TState> end)
    {
        _onFailure = Last(name, end);
        return this;
    }

    public SagaDefinition Build()
    {
        if (_steps.Count == 0)
            throw new InvalidOperationException($"{type} has no steps.");
        if (_within is not { } within)
            throw new InvalidOperationException($"{type} has no deadline: call Within(…).");
        if (_finish.Name == _onFailure.Name || _steps.Any(step => step.Name == _finish.Name || step.Name == _onFailure.Name))
            throw new InvalidOperationException($"{type} uses the name of an end, '{_finish.Name}' or '{_onFailure.Name}', twice: names of steps and ends must differ.");
        return new(type, within, _steps, _pivot, _finish, _onFailure, typeof(TState));
    }

    private static Func<object, StepContext, CancellationToken, Task<StepResult>> Bind(StepAction<TState> action) =>
        (state, step, cancel) => action((TState)state, step, cancel);

    private static SagaLastStep Last(string name, SagaEnd<TState> end)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new(name, (state, step, cancel) => end((TState)state, step, cancel));
    }
}
