using System.Collections.Concurrent;

namespace Shop.Messaging.Tests;

/// <summary>What the steps of a <see cref="TestSaga"/> do, and which were called.</summary>
internal sealed class Steps
{
    private readonly ConcurrentDictionary<string, Func<StepContext, CancellationToken, Task<StepResult>>> _answers = [];

    public ConcurrentQueue<StepContext> Calls { get; } = [];

    /// <summary>In order: "one", "undo one" …</summary>
    public IEnumerable<string> Names => Calls.Select(NameOf);

    public void On(string step, Func<StepContext, CancellationToken, Task<StepResult>> answer) => _answers[step] = answer;

    public void On(string step, Func<StepContext, StepResult> answer) => On(step, (context, _) => Task.FromResult(answer(context)));

    public Task<StepResult> CallAsync(StepContext context, CancellationToken cancel)
    {
        Calls.Enqueue(context);
        return _answers.TryGetValue(NameOf(context), out var answer) ? answer(context, cancel) : Task.FromResult(StepResult.Done);
    }

    private static string NameOf(StepContext context) => context.IsUndo ? $"undo {context.Step}" : context.Step;
}
