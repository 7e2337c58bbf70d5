using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Persistence.Replicas;
using Shop.Sagas;
using Shop.Testing;

namespace Shop.Persistence.Tests;

/// <summary>Leases last minutes here: a test that waited for their end would time out.</summary>
public sealed class PresenceTests(Servers servers)
{
    private readonly Steps _steps = new();

    [Fact]
    public async Task A_paused_replica_keeps_its_leases_and_a_dead_one_loses_them_at_once()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var watcher = await Replica.StartAsync(database, Nowhere, _ => { }, null, (Replica.ObserverOnly, "true"));
        await watcher.DoAsync(db => db.AddAccountsAsync([.. Enumerable.Range(0, Victim.Accounts).Select(i => $"account-{i}")]));
        var id = await BeginForOthersAsync(database);

        await using var victim = Victim.Start(database, Nowhere);
        await Eventually.TrueAsync(async () => await StepAsync(watcher, id) == "two", "the victim is at step two", TimeSpan.FromSeconds(30));
        var owner = await OwnerAsync(watcher, id);

        await using var successor = await StartAsync(database);
        using (new Frozen([victim.Id]))
        {
            await HasPolledForAsync(successor, TimeSpan.FromSeconds(2));
            Assert.Equal(owner, await OwnerAsync(successor, id));
            Assert.Empty(_steps.Calls);
        }

        await victim.KillAsync();
        await Eventually.TrueAsync(async () => await IsCompletedAsync(successor, id), "the successor completes it");
        Assert.Equal(["two", "three", "four", "finish"], _steps.Names);
        await Eventually.TrueAsync(async () => (await successor.QueryAsync<Guid?>("select distinct owner as \"Value\" from messaging.outbox_shard")).All(now => now is not null && now != owner),
            "its shards are others'");
    }

    [Fact]
    public async Task A_replica_that_lost_its_session_announces_itself_again_and_keeps_its_leases()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        var answer = new TaskCompletionSource<StepResult>();
        _steps.On("two", (_, _) => answer.Task);
        await using var replica = await StartAsync(database);
        await using var other = await StartAsync(database, ("Replicas:DeadAfter", "00:01:00"));
        var id = await BeginAsync(replica);
        await Eventually.TrueAsync(async () => await StepAsync(replica, id) == "two", "it is at step two");

        await Eventually.TrueAsync(async () => await SessionsAsync(other) is [_, _], "both have announced themselves");
        var before = await SessionsAsync(other);
        await other.QueryAsync<bool>("select pg_terminate_backend(pid) as \"Value\" from pg_locks where locktype = 'advisory' and classid = x'73686f70'::int::oid and database = (select oid from pg_database where datname = current_database())");
        await Eventually.TrueAsync(async () => await SessionsAsync(other) is [_, _] now && !now.Intersect(before).Any(), "both have announced themselves anew");
        answer.SetResult(StepResult.Done);
        await Eventually.TrueAsync(async () => await IsCompletedAsync(replica, id), "it completes it");
        Assert.Equal(["one", "two", "three", "four", "finish"], _steps.Names);
    }

    /// <summary>This happens to a replica that is disconnected only from the database for a long time.</summary>
    [Fact]
    public async Task A_live_replica_that_is_declared_dead_does_nothing_twice()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        var answer = new TaskCompletionSource<StepResult>();
        _steps.On("two", (_, cancel) => answer.Task.WaitAsync(cancel));
        // Otherwise it would be the first to claim the released saga.
        await using var replica = await StartAsync(database, ("Sagas:Interval", "00:01:00"));
        var id = await BeginAsync(replica);
        await Eventually.TrueAsync(async () => await StepAsync(replica, id) == "two", "it is at step two");

        var successorCalls = new Steps();
        await using var successor = await StartAsync(database, successorCalls);
        // The effect of declaring its replica dead on a saga.
        await replica.DoAsync(db => db.Database.ExecuteSqlAsync($"update sagas.saga set lease_until = now() where id = {id}"));
        await Eventually.TrueAsync(async () => await IsCompletedAsync(successor, id), "the successor completes it", TimeSpan.FromSeconds(30));

        answer.SetResult(StepResult.Done);
        await replica.StopAsync();
        Assert.Equal(["two", "three", "four", "finish"], successorCalls.Names);
        Assert.Equal(["one", "two"], _steps.Names);
        Assert.Equal(1, await successor.DoAsync(db => db.Entries.CountAsync(entry => entry.Consumer == "finished")));
    }

    private static string Nowhere => "localhost:1";

    private Task<Replica> StartAsync(string database, params (string, string)[] settings) => StartAsync(database, _steps, settings);

    private static Task<Replica> StartAsync(string database, Steps steps, params (string, string)[] settings) =>
        Replica.StartAsync(database, Nowhere, messaging => messaging.Publishes("shop.testing.v1"), services => services.AddSingleton(steps), [.. Victim.Settings, .. settings]);

    private static Task<Guid> BeginAsync(Replica replica) => replica.DoAsync(async db =>
    {
        var id = db.Start(new TestState { Account = "saga" });
        await db.SaveChangesAsync();
        return id;
    });

    /// <summary>Started by a replica that never runs, so that the next one claims it.</summary>
    private static async Task<Guid> BeginForOthersAsync(string database)
    {
        await using var starter = Replica.Build(database, Nowhere, Victim.Messaging);
        var id = await BeginAsync(starter);
        await starter.DoAsync(db => db.Database.ExecuteSqlAsync($"update sagas.saga set lease_until = now() where id = {id}"));
        return id;
    }

    /// <summary>Waits until the replica has polled for dead replicas for this long.</summary>
    private static async Task HasPolledForAsync(Replica replica, TimeSpan time)
    {
        var id = replica.Services.GetRequiredService<ReplicaIdentity>().Id;
        var begun = await SeenAsync();
        await Eventually.TrueAsync(async () => await SeenAsync() - begun > time, "it has polled for long enough");

        async Task<DateTime> SeenAsync() => (await replica.QueryAsync<DateTime>($"select seen_until as \"Value\" from persistence.replica where id = '{id}'")).SingleOrDefault();
    }

    private static async Task<Guid> OwnerAsync(Replica replica, Guid saga) =>
        (await replica.QueryAsync<Guid>($"select lease_owner as \"Value\" from sagas.saga where id = '{saga}'")).Single();

    private static async Task<string> StepAsync(Replica replica, Guid saga) =>
        (await replica.QueryAsync<string>($"select coalesce(step, '') as \"Value\" from sagas.saga where id = '{saga}'")).Single();

    private static async Task<bool> IsCompletedAsync(Replica replica, Guid saga) =>
        (await replica.QueryAsync<string>($"select status as \"Value\" from sagas.saga where id = '{saga}'")).Single() == "completed";

    /// <summary>The server processes of the sessions that hold a replica's lock.</summary>
    private static Task<List<int>> SessionsAsync(Replica replica) => replica.QueryAsync<int>(
        "select pid as \"Value\" from pg_locks where locktype = 'advisory' and classid = x'73686f70'::int::oid and mode = 'ShareLock' and granted and database = (select oid from pg_database where datname = current_database())");
}
