using System.Collections.Concurrent;
using Shop.Sagas;

namespace Shop.Messaging.Tests.Support;

/// <summary>Scripts the steps of a <see cref="TestSaga"/> and records their calls.</summary>
internal sealed class Steps
{
    private readonly ConcurrentDictionary<string, Func<StepContext, CancellationToken, Task<StepResult>>> _answers = [];
    private volatile Func<StepContext, CancellationToken, Task<StepResult>>? _other;

    public ConcurrentQueue<StepContext> Calls { get; } = [];

    /// <summary>In order: "one", "undo one" …</summary>
    public IEnumerable<string> Names => Calls.Select(NameOf);

    public void On(string step, Func<StepContext, CancellationToken, Task<StepResult>> answer) => _answers[step] = answer;

    public void On(string step, Func<StepContext, StepResult> answer) => On(step, (context, _) => Task.FromResult(answer(context)));

    /// <summary>The outcome of other steps. Default: done.</summary>
    public void OnOther(Func<StepContext, CancellationToken, Task<StepResult>> answer) => _other = answer;

    public Task<StepResult> CallAsync(StepContext context, CancellationToken cancel)
    {
        Calls.Enqueue(context);
        return _answers.TryGetValue(NameOf(context), out var answer) ? answer(context, cancel)
            : _other?.Invoke(context, cancel) ?? Task.FromResult(StepResult.Done);
    }

    private static string NameOf(StepContext context) => context.IsUndo ? $"undo {context.Step}" : context.Step;
}
