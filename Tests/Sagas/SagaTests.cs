using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Sagas;
using Shop.Sagas.Inspection;
using Shop.Sagas.Store;
using Shop.Testing;

namespace Shop.Sagas.Tests;

public sealed class SagaTests(Servers servers)
{
    private readonly Steps _steps = new();

    [Fact]
    public async Task Steps_run_in_order_and_the_end_is_one_transaction()
    {
        await using var replica = await StartAsync();
        var id = await BeginAsync(replica);

        var saga = await EndOfAsync(replica, id);
        Assert.Equal(SagaStatus.Completed, saga.Summary.Status);
        Assert.Equal(["one", "two", "three", "four", "finish"], _steps.Names);
        Assert.Equal(["one do 1 done", "two do 1 done", "three do 1 done", "four do 1 done", "finish do 1 done"], Lines(saga));
        Assert.Contains("\"notes\": [\"one\", \"two\", \"three\", \"four\"]", saga.State);
        Assert.Equal("finished", Assert.Single(await replica.DoAsync(db => db.Entries.ToListAsync())).Consumer);
        Assert.Single(await replica.QueryAsync<Guid>("select event_id as \"Value\" from messaging.outbox"));
    }

    [Fact]
    public async Task A_refusal_undoes_what_was_done_in_reverse_order()
    {
        _steps.On("three", _ => StepResult.Refused("declined"));
        await using var replica = await StartAsync();
        var id = await BeginAsync(replica);

        var saga = await EndOfAsync(replica, id);
        Assert.Equal((SagaStatus.Compensated, "declined"), (saga.Summary.Status, saga.Summary.Reason));
        Assert.Equal(["one", "two", "three", "undo two", "undo one", "on failure"], _steps.Names);
        Assert.Equal($"{id}/two/undo", _steps.Calls.ElementAt(3).IdempotencyKey);
        Assert.Equal("declined", _steps.Calls.ElementAt(3).Reason);
        Assert.Equal("failed: declined", Assert.Single(await replica.DoAsync(db => db.Entries.ToListAsync())).Consumer);
    }

    [Fact]
    public async Task A_step_that_does_not_apply_is_left_out_in_both_directions()
    {
        _steps.On("three", _ => StepResult.Refused("declined"));
        await using var replica = await StartAsync();
        await EndOfAsync(replica, await BeginAsync(replica, new() { Account = "a", SkipTwo = true }));
        Assert.Equal(["one", "three", "undo one", "on failure"], _steps.Names);
    }

    [Fact]
    public async Task An_unknown_outcome_is_retried_with_the_same_key()
    {
        _steps.On("two", step => step.Attempt < 4 ? throw new TimeoutException("no answer") : StepResult.Done);
        await using var replica = await StartAsync();
        var saga = await EndOfAsync(replica, await BeginAsync(replica));

        Assert.Equal(SagaStatus.Completed, saga.Summary.Status);
        var twos = _steps.Calls.Where(call => call.Step == "two").ToList();
        Assert.Equal([1, 2, 3, 4], twos.Select(call => call.Attempt));
        Assert.Single(twos.Select(call => call.IdempotencyKey).Distinct());
        Assert.Equal(["two do 1 failed", "two do 2 failed", "two do 3 failed", "two do 4 done"], Lines(saga).Where(line => line.StartsWith("two", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Past_the_deadline_before_the_pivot_there_is_only_back_and_the_unknown_step_is_undone_too()
    {
        _steps.On("two", _ => throw new TimeoutException("no answer"));
        await using var replica = await StartAsync(within: TimeSpan.FromSeconds(1));
        var saga = await EndOfAsync(replica, await BeginAsync(replica));

        Assert.Equal((SagaStatus.Compensated, "timed_out"), (saga.Summary.Status, saga.Summary.Reason));
        Assert.Equal(["undo two", "undo one", "on failure"], _steps.Names.SkipWhile(name => name is "one" or "two"));
        Assert.Contains(Lines(saga), line => line.StartsWith("two do", StringComparison.Ordinal) && line.EndsWith("timed_out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task From_the_pivot_on_there_is_only_forward()
    {
        // The pivot's outcome is unknown until after the deadline, and the step after it is refused at first.
        var begun = TimeProvider.System.GetTimestamp();
        _steps.On("three", _ => TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(2) ? throw new TimeoutException("no answer") : StepResult.Done);
        _steps.On("four", step => step.Attempt == 1 ? StepResult.Refused("never") : StepResult.Done);
        await using var replica = await StartAsync(within: TimeSpan.FromSeconds(1));
        var saga = await EndOfAsync(replica, await BeginAsync(replica));

        Assert.Equal(SagaStatus.Completed, saga.Summary.Status);
        Assert.DoesNotContain(_steps.Names, name => name.StartsWith("undo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_may_ask_to_be_called_again_later()
    {
        _steps.On("one", step => step.Attempt == 1 ? StepResult.RetryAfter(TimeSpan.FromMilliseconds(50), "pending") : StepResult.Done);
        await using var replica = await StartAsync();
        var saga = await EndOfAsync(replica, await BeginAsync(replica));
        Assert.Equal(["one do 1 again", "one do 2 done"], Lines(saga).Take(2));
    }

    [Fact]
    public async Task What_is_rolled_back_starts_nothing()
    {
        await using var replica = await StartAsync();
        await replica.DoAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Start(new TestState { Account = "never" });
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            // The same context is used for another change.
            db.ChangeTracker.Clear();
            db.Entries.Add(new() { Account = "x", Sequence = 0, Consumer = "x" });
            await db.SaveChangesAsync();
        });
        await EndOfAsync(replica, await BeginAsync(replica));
        Assert.Equal(5, _steps.Calls.Count);
    }

    [Fact]
    public async Task What_is_cancelled_starts_nothing()
    {
        await using var replica = await StartAsync();
        await replica.DoAsync(async db =>
        {
            await using (var other = new NpgsqlConnection(servers.Postgres.Connection(db.Database.GetDbConnection().Database)))
            {
                await other.OpenAsync();
                await using var hold = await other.BeginTransactionAsync();
                await using var held = new NpgsqlCommand("lock table sagas.saga in exclusive mode", other);
                await held.ExecuteNonQueryAsync();
                db.Start(new TestState { Account = "never" });
                using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.SaveChangesAsync(caller.Token));
            }

            // The same context, from the pool, is used for another change.
            db.ChangeTracker.Clear();
            await db.InTransactionAsync(_ =>
            {
                db.Entries.Add(new() { Account = "x", Sequence = 0, Consumer = "x" });
                return Task.CompletedTask;
            }, default);
        });
        await EndOfAsync(replica, await BeginAsync(replica));
        Assert.Equal(5, _steps.Calls.Count);
    }

    [Fact]
    public async Task Whoever_lost_the_lease_cannot_write()
    {
        await using var replica = await StartAsync(started: false);
        var id = await BeginAsync(replica);
        await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("update sagas.saga set lease_until = now()"));
        var store = replica.Services.GetRequiredService<SagaStore>();
        var claim = Assert.Single(await store.ClaimAsync(10, default));

        Assert.Empty(await store.WriteAsync([Progress(id, version: 0, "two")], default));
        Assert.Equal([(id, claim.Version)], await store.WriteAsync([Progress(id, claim.Version, "two")], default));
        Assert.Empty(await store.WriteAsync([Progress(id, claim.Version, "three")], default));
        Assert.Equal("two", (await Sagas(replica).FindAsync(id, default))!.Summary.Step);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_whose_lease_has_ended_is_lost_even_if_its_successor_writes_in_the_same_batch(bool staleFirst)
    {
        await using var replica = await StartAsync(started: false);
        var id = await BeginAsync(replica);
        await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("update sagas.saga set lease_until = now()"));
        var store = replica.Services.GetRequiredService<SagaStore>();
        var claim = Assert.Single(await store.ClaimAsync(10, default));
        var (stale, current) = (Progress(id, version: 0, "stale"), Progress(id, claim.Version, "current"));

        var written = await store.WriteAsync(staleFirst ? [stale, current] : [current, stale], default);

        Assert.Equal([(id, claim.Version)], written);
        var saga = (await Sagas(replica).FindAsync(id, default))!;
        Assert.Equal("current", saga.Summary.Step);
        Assert.Single(saga.Log);
    }

    [Fact]
    public async Task An_operator_sees_what_waits_and_makes_it_go_on()
    {
        var broken = true;
        _steps.On("two", _ => broken ? throw new InvalidOperationException("misconfigured") : StepResult.Done);
        await using var replica = await StartAsync(settings: [("Sagas:FirstRetry", "00:01:00"), ("Sagas:LongestRetry", "00:05:00")]);
        var id = await BeginAsync(replica);
        await EndOfAsync(replica, await BeginAsync(replica, new() { Account = "b", SkipTwo = true }));
        await Eventually.TrueAsync(async () => (await Sagas(replica).FindAsync(id, default))!.Summary.Attempts == 1, "it waits");

        var waiting = Assert.Single(await Sagas(replica).ListAsync(new() { OnlyUnfinished = true }, null, 10, default));
        Assert.Equal((id, "two", SagaStatus.Running, "subject-a"), (waiting.Id, waiting.Step, waiting.Status, waiting.Subject));
        Assert.Equal(id, Assert.Single(await Sagas(replica).FindBySubjectAsync("subject-a", default)).Id);
        Assert.Equal(id, Assert.Single(await Sagas(replica).ListAsync(new() { Subject = "subject-a" }, null, 10, default)).Id);
        Assert.Equal("misconfigured", (await Sagas(replica).FindAsync(id, default))!.Log[^1].Error);
        Assert.Empty(await Sagas(replica).ListAsync(new() { Overdue = true }, null, 10, default));

        broken = false;
        Assert.True(await Sagas(replica).RetryNowAsync(id, default));
        Assert.Equal(SagaStatus.Completed, (await EndOfAsync(replica, id)).Summary.Status);
        Assert.False(await Sagas(replica).RetryNowAsync(id, default));
        var all = await Sagas(replica).ListAsync(new() { Status = SagaStatus.Completed }, null, 1, default);
        Assert.Equal(id, Assert.Single(await Sagas(replica).ListAsync(new() { Status = SagaStatus.Completed }, all[0].Id, 10, default)).Id);
    }

    [Fact]
    public async Task An_operator_has_a_saga_compensated_up_to_its_pivot_and_not_past_it()
    {
        _steps.On("two", _ => throw new InvalidOperationException("not now"));
        _steps.On("four", step => step.Attempt < 3 ? throw new InvalidOperationException("not yet") : StepResult.Done);
        await using var replica = await StartAsync();
        var before = await BeginAsync(replica);
        await Eventually.TrueAsync(async () => (await Sagas(replica).FindAsync(before, default))!.Summary is { Step: "two", Attempts: > 0 }, "it waits before its pivot");

        Assert.Equal(CompensationRequest.Accepted, await Sagas(replica).CompensateAsync(before, "gave_up", "a note", "test", default));
        var compensated = await EndOfAsync(replica, before);
        Assert.Equal((SagaStatus.Compensated, "gave_up"), (compensated.Summary.Status, compensated.Summary.Reason));
        Assert.Contains(compensated.Log, entry => entry is { Outcome: "compensation requested", Error: "a note (test)" });
        Assert.Equal(CompensationRequest.Ended, await Sagas(replica).CompensateAsync(before, "gave_up", "again", "test", default));

        _steps.On("two", _ => StepResult.Done);
        var after = await BeginAsync(replica);
        await Eventually.TrueAsync(async () => (await Sagas(replica).FindAsync(after, default))!.Summary is { Step: "four", Attempts: > 0 }, "it waits after its pivot");
        Assert.Equal(CompensationRequest.PastPivot, await Sagas(replica).CompensateAsync(after, "gave_up", "too late", "test", default));
        await Sagas(replica).RetryNowAsync(after, default);
        Assert.Equal(SagaStatus.Completed, (await EndOfAsync(replica, after)).Summary.Status);
        Assert.Equal(CompensationRequest.Unknown, await Sagas(replica).CompensateAsync(Guid.CreateVersion7(), "gave_up", "nobody's", "test", default));
    }

    [Fact]
    public async Task Many_sagas_at_once_all_end()
    {
        await using var replica = await StartAsync();
        const int Many = 200;
        await replica.DoAsync(async db =>
        {
            for (var i = 0; i < Many; i++)
                db.Start(new TestState { Account = $"a{i}" });
            await db.SaveChangesAsync();
        });
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= Many, "all end", TimeSpan.FromSeconds(30));
        Assert.Equal(Many * 5, _steps.Calls.Count);
        Assert.Empty(await Sagas(replica).ListAsync(new() { OnlyUnfinished = true }, null, 10, default));
    }

    private async Task<Replica> StartAsync(TimeSpan? within = null, bool started = true, (string, string)[]? settings = null)
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        void Services(IServiceCollection services) => services.AddSingleton(_steps).AddSingleton(new SagaTimes(within ?? TimeSpan.FromMinutes(1)));
        static void Messaging(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1");
        (string, string)[] all = [("Sagas:FirstRetry", "00:00:00.05"), ("Sagas:LongestRetry", "00:00:00.5"), .. settings ?? []];
        if (started)
            return await Replica.StartAsync(database, "localhost:1", Messaging, Services, all);
        await using (await Replica.StartAsync(database, "localhost:1", _ => { }, null, (Replica.ObserverOnly, "true")))
            return Replica.Build(database, "localhost:1", Messaging, Services, all);
    }

    private static Task<Guid> BeginAsync(Replica replica, TestState? state = null) => replica.DoAsync(async db =>
    {
        state ??= new() { Account = "a" };
        var id = db.Start(state, $"subject-{state.Account}");
        await db.SaveChangesAsync();
        return id;
    });

    private static Task<SagaDetails> EndOfAsync(Replica replica, Guid id) => Eventually.IsAsync(async () =>
        await Sagas(replica).FindAsync(id, default) is { Summary.EndedAt: not null } saga ? saga : null, "the saga ends");

    private static SagaOperations Sagas(Replica replica) => replica.Services.GetRequiredService<SagaOperations>();

    private static IEnumerable<string> Lines(SagaDetails saga) => saga.Log.Select(line => $"{line.Step} {(line.IsUndo ? "undo" : "do")} {line.Attempt} {line.Outcome}");

    private static SagaProgress Progress(Guid id, long version, string next) => new()
    {
        Id = id,
        Version = version,
        State = "{}",
        Next = next,
        Status = SagaStatus.Running,
        Entries = [new() { Step = "one", IsUndo = false, Attempt = 1, Outcome = "done", EndedAt = TimeProvider.System.GetTimestamp() }],
    };
}
