using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;
using Shop.Sagas;
using Shop.Testing;

namespace Shop.Messaging.Tests.Figures;

/// <summary>The cost of Messaging on a PostgreSQL with fsync. Not run with the tests: <c>Shop.Messaging.Tests -explicit only</c>.</summary>
public sealed class ThroughputTests(Servers servers) : IAsyncLifetime
{
    private PostgresServer _postgres = null!;

    public async ValueTask InitializeAsync() => _postgres = await PostgresServer.StartAsync("fsync=on");

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(64)]
    public async Task Sagas(int starters)
    {
        const int Count = 1000;
        await using var broker = await servers.BrokerAsync();
        var database = await _postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers, messaging => messaging.Publishes("shop.testing.v1"));
        await MeasureAsync($"{starters} starters, sagas of four steps with an event at the end", replica, Count, async () =>
        {
            await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = starters }, async (i, cancel) =>
            {
                var ended = replica.DoAsync(async db =>
                {
                    db.Start(new TestState { Account = $"{i}" });
                    await db.SaveChangesAsync(cancel);
                });
                await ended;
            });
            await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= Count, "all end", TimeSpan.FromMinutes(2));
        });
    }

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Events(int writers)
    {
        const int Count = 3000;
        await using var broker = await servers.BrokerAsync();
        var database = await _postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers, messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>());
        await MeasureAsync($"{writers} writers, one event a commit, through the broker into a handler", replica, Count, async () =>
        {
            await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = writers }, async (i, cancel) => await replica.DoAsync(db =>
            {
                db.Publish(new Deposited { Account = $"account-{i % 100}", Sequence = i });
                return db.SaveChangesAsync(cancel);
            }));
            await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= Count, "all applied", TimeSpan.FromMinutes(2));
        });
    }

    [Fact(Explicit = true)]
    public async Task Idle()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await _postgres.CreateDatabaseAsync(), broker.BootstrapServers, Victim.Messaging, null,
            ("Messaging:Outbox:Interval", "00:00:08"), ("Messaging:Outbox:Lease", "00:00:20"));
        await Eventually.TrueAsync(() => replica.Services.GetRequiredService<ShardLeases>().Owned == OutboxSignal.All, "it has all shards");
        await MeasureAsync("nothing to do, per second", replica, 60, () => Task.Delay(60_000));   // measures one idle minute
    }

    private async Task MeasureAsync(string what, Replica replica, int count, Func<Task> work)
    {
        var before = await FiguresAsync(replica);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var time = Stopwatch.StartNew();
        await work();
        time.Stop();
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var after = await FiguresAsync(replica);
        Console.WriteLine($"{what}: {count / time.Elapsed.TotalSeconds:0}/s, {cpu.TotalMilliseconds / count:0.00} ms CPU of this process, {(after.Commits - before.Commits) / (double)count:0.0} transactions, "
            + $"{(after.Flushes - before.Flushes) / (double)count:0.00} flushes, {(after.Wal - before.Wal) / count / 1000:0.0} kB of WAL each");
    }

    private async Task<(long Commits, long Flushes, decimal Wal)> FiguresAsync(Replica replica)
    {
        // A session reports its statistics every second while busy, and the rest after 10 s of idle time.
        var begun = (await replica.QueryAsync<DateTime>("select clock_timestamp() as \"Value\""))[0];
        await Eventually.TrueAsync(async () => (await replica.QueryAsync<bool>($"""
            select bool_and(state_change > '{begun:O}'::timestamptz + interval '1.1 s' or state_change < clock_timestamp() - interval '10.1 s') as "Value"
            from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
            """))[0], "all sessions have reported", TimeSpan.FromSeconds(30));
        return ((await replica.QueryAsync<long>("select xact_commit as \"Value\" from pg_stat_database where datname = current_database()"))[0],
            (await replica.QueryAsync<long>("select sum(fsyncs)::bigint as \"Value\" from pg_stat_io where object = 'wal' and context = 'normal'"))[0],
            (await replica.QueryAsync<decimal>("select wal_bytes as \"Value\" from pg_stat_wal"))[0]);
    }
}
