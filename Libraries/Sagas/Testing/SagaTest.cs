using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shop.Sagas.Engine;
using Shop.Sagas.Store;

namespace Shop.Sagas.Testing;

/// <summary>
/// Runs a saga's logic on the real engine, with scripted upstreams, a clock that skips every delay, and no database.
/// <code>
/// var run = await SagaTest.Of&lt;CheckoutSaga&gt;().With(options).Given("Authorise", Answer.Refused("payment_declined")).RunAsync(state);
/// Assert.Equal(["reserve stock", "authorise payment", "undo reserve stock"], run.Steps);
/// Assert.Equal("payment_declined", run.Reason);
/// </code>
/// </summary>
public static class SagaTest
{
    /// <summary>A test of this saga.</summary>
    public static SagaTest<TSaga> Of<TSaga>() where TSaga : Saga => new();
}

/// <summary>A test of one saga: configure it, then call <see cref="RunAsync"/> once. Not thread-safe.</summary>
public sealed class SagaTest<TSaga> where TSaga : Saga
{
    private const int MostRuns = 1000;

    private readonly ServiceCollection _services = [];
    private readonly ScriptedCalls _calls = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    internal SagaTest() => _services.AddSingleton<TimeProvider>(_clock);

    /// <summary>Adds a constructor argument of the saga. gRPC clients are added automatically.</summary>
    public SagaTest<TSaga> With<T>(T service) where T : class
    {
        _services.AddSingleton(service);
        return this;
    }

    /// <summary>Scripts the responses to a method (its name in the contract), in order; the last one is repeated. Other methods return an empty response.</summary>
    public SagaTest<TSaga> Given(string method, params Answer[] answers)
    {
        _calls.On(method, answers);
        return this;
    }

    /// <summary>Runs the saga from start to end, with all retries.</summary>
    /// <exception cref="InvalidOperationException">It has not ended after 1,000 runs.</exception>
    public async Task<SagaTestRun> RunAsync(object state)
    {
        await using var services = Build();
        var saga = ActivatorUtilities.CreateInstance<TSaga>(services).Read();
        var journal = new MemoryJournal();
        var claim = new SagaClaim
        {
            Id = Guid.CreateVersion7(),
            Type = saga.Type,
            Version = 0,
            State = saga.WriteState(state),
            TimeLeft = saga.Within,
            ClaimedAt = _clock.GetTimestamp(),
        };
        for (var run = 0; run < MostRuns; run++)
        {
            var wait = await new SagaRun(claim, saga, journal, new SagaOptions(), _clock, NullLogger.Instance).RunAsync(CancellationToken.None, CancellationToken.None);
            var last = journal.Progress[^1];
            if (wait is not { } pause)
                return new([.. journal.Progress], _calls.Calls, saga.ReadState(last.State), claim.Id);
            _clock.Advance(pause);
            claim = claim with
            {
                Version = last.NextVersion + 1,
                State = last.State,
                Step = last.Next,
                IsCompensating = last.Status is SagaStatus.Compensating,
                Reason = last.Reason,
                Attempts = last.Attempts,
                TimeLeft = claim.TimeLeft - _clock.GetElapsedTime(claim.ClaimedAt),
                ClaimedAt = _clock.GetTimestamp(),
            };
        }
        throw new InvalidOperationException($"{saga.Type} has not ended after {MostRuns} runs; it is at '{journal.Progress[^1].Next}'.");
    }

    /// <summary>The saga's definition. Each step and compensation is run once with this state, whether it applies to it or not, to find its calls.</summary>
    public async Task<SagaOutline> OutlineAsync(object state)
    {
        await using var services = Build();
        var saga = ActivatorUtilities.CreateInstance<TSaga>(services).Read();
        var steps = new List<StepOutline>();
        foreach (var step in saga.Steps)
        {
            var calls = await CallsAsync(step.Name, step.Do, isUndo: false);
            steps.Add(new(step.Name, saga.Pivot == steps.Count, calls, step.Undo is { } undo ? await CallsAsync(step.Name, undo, isUndo: true) : null));
        }
        return new(saga.Type, steps, saga.Finish.Name, saga.OnFailure.Name);

        async Task<IReadOnlyList<string>> CallsAsync(string step, Func<object, StepContext, CancellationToken, Task<StepResult>> action, bool isUndo)
        {
            var before = _calls.FullNames.Count;
            await action(state, new() { SagaId = Guid.CreateVersion7(), Saga = saga.Type, Step = step, IsUndo = isUndo, Attempt = 1, Deadline = _clock.GetUtcNow() + saga.Within }, CancellationToken.None);
            return [.. _calls.FullNames.Skip(before)];
        }
    }

    private ServiceProvider Build()
    {
        foreach (var parameter in typeof(TSaga).GetConstructors().Single().GetParameters().Select(parameter => parameter.ParameterType).Where(type => type.IsAssignableTo(typeof(ClientBase))))
            _services.TryAdd(ServiceDescriptor.Singleton(parameter, Activator.CreateInstance(parameter, _calls)!));
        // Only Finish and OnFailure use a DbContext, and they are not run.
        foreach (var parameter in typeof(TSaga).GetConstructors().Single().GetParameters().Select(parameter => parameter.ParameterType).Where(IsDbContext))
            _services.TryAddSingleton(parameter, _ => System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(parameter));
        return _services.BuildServiceProvider();
    }

    private static bool IsDbContext(Type type) => type.IsAssignableTo(typeof(Microsoft.EntityFrameworkCore.DbContext));
}
