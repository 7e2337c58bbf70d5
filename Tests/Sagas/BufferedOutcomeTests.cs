using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging;
using Shop.Sagas;
using Shop.Sagas.Inspection;
using Shop.Testing;

namespace Shop.Sagas.Tests;

/// <summary>Outcomes are buffered in memory up to the pivot: what is lost with a process that dies, and what is not.</summary>
public sealed class BufferedOutcomeTests(Servers servers)
{
    private const string Whole = "one done, two done, three done, four done, finish done";

    private readonly Steps _steps = new();

    [Fact]
    public async Task A_saga_that_goes_well_writes_before_its_pivot_and_at_its_end()
    {
        await using var replica = await StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var id = await BeginAsync(replica);
        await EndsAsync(replica, id, "completed");
        Assert.Equal(Whole, await LogAsync(replica, id));
        Assert.Equal([2, 3], await replica.QueryAsync<int>($"select count(*)::integer as \"Value\" from sagas.saga_log where saga_id = '{id}' group by xmin::text order by min(seq)"));
    }

    [Theory]
    [InlineData("one", "one, two, three, four, finish")]
    [InlineData("two", "one, two, three, four, finish")]
    [InlineData("three", "three, four, finish")]
    [InlineData("four", "three, four, finish")]
    [InlineData("finish", "three, four, finish")]
    public async Task A_process_that_dies_between_two_writes_only_repeats_steps(string at, string successorCalls)
    {
        var (database, id) = await DieAsync(at);
        await using var successor = await StartAsync(database);
        await EndsAsync(successor, id, "completed");
        Assert.Equal(successorCalls, string.Join(", ", _steps.Names));
        Assert.Equal(Whole, await LogAsync(successor, id));
        Assert.Single(await successor.DoAsync(db => db.Entries.ToListAsync()));
    }

    [Theory]
    [InlineData("one", "undo two, undo one, on failure")]
    [InlineData("two", "undo two, undo one, on failure")]
    [InlineData("three", "three, four, finish")]
    [InlineData("four", "three, four, finish")]
    public async Task Past_the_deadline_every_step_that_a_dead_process_may_have_begun_is_undone_and_none_after_a_pivot(string at, string successorCalls)
    {
        var (database, id) = await DieAsync(at, async (dead, saga) => await dead.PassDeadlineAsync(saga));
        await using var successor = await StartAsync(database);
        await Eventually.TrueAsync(async () => (await StatusAsync(successor, id)).StartsWith("comp", StringComparison.Ordinal) && await EndedAsync(successor, id), "it ends");
        Assert.Equal(successorCalls, string.Join(", ", _steps.Names));
    }

    [Fact]
    public async Task A_saga_in_doubt_stays_in_doubt_for_later_runs()
    {
        var (database, id) = await DieAsync("two");
        _steps.On("one", _ => throw new TimeoutException("no answer"));
        await using var successor = await StartAsync(database);
        await Eventually.TrueAsync(() => _steps.Calls.Count >= 2, "it has been released and claimed again");
        await successor.PassDeadlineAsync(id);
        await EndsAsync(successor, id, "compensated");
        Assert.Equal(["undo two", "undo one", "on failure"], _steps.Names.SkipWhile(name => name == "one"));
    }

    [Fact]
    public async Task A_refusal_after_an_attempt_in_doubt_undoes_that_step_too()
    {
        _steps.On("two", step => step.Attempt == 1 ? throw new TimeoutException("no answer") : StepResult.Refused("declined"));
        await using var replica = await StartAsync(await servers.Postgres.CreateDatabaseAsync());
        await EndsAsync(replica, await BeginAsync(replica), "compensated");
        Assert.Equal(["one", "two", "two", "undo two", "undo one", "on failure"], _steps.Names);
    }

    [Fact]
    public async Task An_operator_who_compensates_a_saga_undoes_buffered_steps_and_the_run_stops_before_its_pivot()
    {
        var answer = new TaskCompletionSource<StepResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.On("two", (_, cancel) => answer.Task.WaitAsync(cancel));
        await using var replica = await StartAsync(await servers.Postgres.CreateDatabaseAsync(), ("Sagas:CarryFor", "00:00:50"));
        var id = await BeginAsync(replica);
        await Eventually.TrueAsync(() => _steps.Names.Contains("two"), "it is at step two");
        Assert.Equal("", await LogAsync(replica, id));

        Assert.Equal(CompensationRequest.Accepted, await replica.DoAsync(_ => replica.Services.GetRequiredService<SagaOperations>().CompensateAsync(id, "gave_up", "a note", "test", default)));
        await EndsAsync(replica, id, "compensated");
        answer.SetResult(StepResult.Done);
        await replica.StopAsync();
        Assert.Equal(["one", "two", "undo two", "undo one", "on failure"], _steps.Names);
    }

    [Fact]
    public async Task A_step_that_keeps_the_saga_waiting_has_the_others_written_meanwhile()
    {
        var answer = new TaskCompletionSource<StepResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.On("two", (_, cancel) => answer.Task.WaitAsync(cancel));
        await using var replica = await StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var id = await BeginAsync(replica);
        await Eventually.TrueAsync(async () => await LogAsync(replica, id) == "one done", "the first step is written");
        answer.SetResult(StepResult.Done);
        await EndsAsync(replica, id, "completed");
        Assert.Equal(Whole, await LogAsync(replica, id));
    }

    [Fact]
    public async Task A_replica_that_stops_stores_exactly_how_far_it_came()
    {
        var answer = new TaskCompletionSource<StepResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.On("one", (_, cancel) => answer.Task.WaitAsync(cancel));
        await using var replica = await StartAsync(await servers.Postgres.CreateDatabaseAsync());
        var id = await BeginAsync(replica);
        await Eventually.TrueAsync(() => _steps.Names.Contains("one"), "it is at step one");
        var stopping = replica.StopAsync();
        answer.SetResult(StepResult.Done);
        await stopping;
        Assert.Equal("one done", await LogAsync(replica, id));
        Assert.Equal("two, given back", (await replica.QueryAsync<string>($"select step || case when lease_owner is null and not in_doubt then ', given back' else '' end as \"Value\" from sagas.saga where id = '{id}'"))[0]);
    }

    /// <summary>A saga that a process ran until it died at that step.</summary>
    private async Task<(string Database, Guid Saga)> DieAsync(string at, Func<Replica, Guid, Task>? then = null)
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (await Replica.StartAsync(database, "localhost:1", _ => { }, null, (Replica.ObserverOnly, "true")))
        {
        }
        var steps = new Steps();
        await using var dying = Replica.Build(database, "localhost:1", Messaging, services => services.AddSingleton(steps));
        var id = await BeginAsync(dying);
        await DyingRun.OfAsync(dying, steps, id, at);
        if (then is not null)
            await then(dying, id);
        return (database, id);
    }

    private Task<Replica> StartAsync(string database, params (string, string)[] settings) => Replica.StartAsync(database, "localhost:1", Messaging,
        services => services.AddSingleton(_steps), [("Sagas:Interval", "00:00:00.2"), ("Sagas:FirstRetry", "00:00:00.05"), ("Sagas:LongestRetry", "00:00:00.2"), .. settings]);

    private static void Messaging(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1");

    private static Task<Guid> BeginAsync(Replica replica) => replica.DoAsync(async db =>
    {
        var id = db.Start(new TestState { Account = "a" });
        await db.SaveChangesAsync();
        return id;
    });

    private static Task EndsAsync(Replica replica, Guid id, string status) =>
        Eventually.TrueAsync(async () => await StatusAsync(replica, id) == status, $"it is {status}", TimeSpan.FromSeconds(20));

    private static async Task<string> StatusAsync(Replica replica, Guid id) => (await replica.QueryAsync<string>($"select status as \"Value\" from sagas.saga where id = '{id}'"))[0];

    private static async Task<bool> EndedAsync(Replica replica, Guid id) => (await replica.QueryAsync<bool>($"select ended_at is not null as \"Value\" from sagas.saga where id = '{id}'"))[0];

    private static async Task<string> LogAsync(Replica replica, Guid id) =>
        string.Join(", ", await replica.QueryAsync<string>($"select step || ' ' || outcome as \"Value\" from sagas.saga_log where saga_id = '{id}' order by seq"));
}
