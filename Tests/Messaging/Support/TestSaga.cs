using Shop.Messaging.Tests.V1;
using Shop.Sagas;

namespace Shop.Messaging.Tests.Support;

internal sealed class TestState
{
    public required string Account { get; init; }

    public bool SkipTwo { get; init; }

    /// <summary>Written by the steps; stored with each outcome.</summary>
    public List<string> Notes { get; init; } = [];
}

internal sealed class TestSaga(Steps steps, TestDb db, SagaTimes times) : Saga<TestState>
{
    protected override void Define(ISagaBuilder<TestState> saga) => saga
        .Within(times.Within)
        .Step("one", Call, undo: Call)
        .Step("two", Call, undo: Call, when: state => !state.SkipTwo)
        .Pivot("three", Call, undo: Call)
        .Step("four", Call, undo: Call)
        .Finish(Finish)
        .OnFailure(Fail);

    private async Task<StepResult> Call(TestState state, StepContext step, CancellationToken cancel)
    {
        var result = await steps.CallAsync(step, cancel);
        state.Notes.Add(step.Step);
        return result;
    }

    private Task Finish(TestState state, StepContext step, CancellationToken cancel) => EndAsync(state, "finished", step, cancel);

    private Task Fail(TestState state, StepContext step, CancellationToken cancel) => EndAsync(state, $"failed: {step.Reason}", step, cancel);

    private async Task EndAsync(TestState state, string how, StepContext step, CancellationToken cancel)
    {
        await steps.CallAsync(step, cancel);
        db.Entries.Add(new() { Account = state.Account, Sequence = 0, Consumer = how });
        db.Publish(new Deposited { Account = state.Account });
    }
}

internal sealed record SagaTimes(TimeSpan Within)
{
    public SagaTimes() : this(TimeSpan.FromMinutes(1))
    {
    }
}
