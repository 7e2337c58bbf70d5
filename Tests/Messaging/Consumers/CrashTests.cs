using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Sagas;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

public sealed class CrashTests(Servers servers)
{
    /// <summary>Processes that publish, relay and consume are killed (SIGKILL) at any point; the next one continues.</summary>
    [Fact]
    public async Task Killed_processes_lose_double_and_reorder_nothing()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers, _ => { });
        await replica.DoAsync(db => db.AddAccountsAsync([.. Enumerable.Range(0, Victim.Accounts).Select(i => $"account-{i}")]));

        var deposits = 0L;
        for (var kill = 1; kill <= 2; kill++)
        {
            await using var victim = Victim.Start(database, broker.BootstrapServers);
            // More deposits than before, some of them applied.
            var before = await AppliedAsync(replica);
            var enough = deposits + 50;
            await Eventually.TrueAsync(async () => victim.HasExited || (deposits = await DepositsAsync(replica)) > enough && await AppliedAsync(replica) > before + 10,
                "the victim is busy", TimeSpan.FromSeconds(40));
            Assert.False(victim.HasExited, victim.Output);
            await victim.KillAsync();
        }

        await using var successor = await Replica.StartAsync(database, broker.BootstrapServers, Victim.Messaging, null, Victim.Settings);
        deposits = await DepositsAsync(replica);
        await Eventually.TrueAsync(async () => await AppliedAsync(replica) >= deposits, $"all {deposits} deposits are applied", TimeSpan.FromSeconds(40));
        var accounts = await replica.DoAsync(db => db.Accounts.ToListAsync());
        var entries = await replica.DoAsync(db => db.Entries.OrderBy(e => e.Id).ToListAsync());
        Assert.All(accounts, account =>
        {
            Assert.Equal(account.Sequence, account.Balance);
            Assert.Equal(Enumerable.Range(1, (int)account.Sequence).Select(i => (long)i), entries.Where(e => e.Account == account.Id).Select(e => e.Sequence));
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{deposits} deposits over two kills");
    }

    [Fact]
    public async Task A_saga_of_a_killed_process_goes_on_elsewhere_with_the_same_key()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var watcher = await Replica.StartAsync(database, broker.BootstrapServers, _ => { }, null, (Replica.ObserverOnly, "true"));
        await watcher.DoAsync(db => db.AddAccountsAsync([.. Enumerable.Range(0, Victim.Accounts).Select(i => $"account-{i}")]));

        // Started by a replica that runs no sagas (it is never started), so that the victim claims it.
        Guid id = default;
        await using (var starter = Replica.Build(database, broker.BootstrapServers, Victim.Messaging))
        {
            id = await starter.DoAsync(async db =>
            {
                var saga = db.Start(new TestState { Account = "saga" });
                await db.SaveChangesAsync();
                return saga;
            });
            await starter.DoAsync(db => db.Database.ExecuteSqlRawAsync("update sagas.saga set lease_until = now()"));
        }
        await using (var victim = Victim.Start(database, broker.BootstrapServers))
        {
            await Eventually.TrueAsync(async () => (await LogAsync(watcher, id)).Any(line => line.StartsWith("one done", StringComparison.Ordinal)), "the victim is at step two", TimeSpan.FromSeconds(30));
            await victim.KillAsync();
        }

        var steps = new Steps();
        await using var successor = await Replica.StartAsync(database, broker.BootstrapServers, Victim.Messaging, services => services.AddSingleton(steps), Victim.Settings);
        await Eventually.TrueAsync(async () => (await successor.QueryAsync<string>($"select status as \"Value\" from sagas.saga where id = '{id}'"))[0] == "completed", "the successor completes it");
        Assert.Equal(["two", "three", "four", "finish"], steps.Names);
        Assert.Equal($"{id}/two/do", steps.Calls.First().IdempotencyKey);
        Assert.Equal(1, await successor.DoAsync(db => db.Entries.CountAsync(e => e.Consumer == "finished")));
    }

    /// <summary>Many sagas share commits; the process that writes them is killed (SIGKILL) in between.</summary>
    [Fact]
    public async Task Sagas_that_share_their_commits_with_others_all_end_once_when_their_process_is_killed()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var successor = await Replica.StartAsync(database, broker.BootstrapServers, messaging => messaging.Publishes("shop.testing.v1"), null, Victim.Settings);
        await using (var victim = Victim.Start(database, broker.BootstrapServers, "sagas"))
        {
            await Eventually.TrueAsync(async () => victim.HasExited || await AppliedAsync(successor) > 100, "the victim is busy", TimeSpan.FromSeconds(40));
            Assert.False(victim.HasExited, victim.Output);
            await victim.KillAsync();
        }

        await Eventually.TrueAsync(async () => (await successor.QueryAsync<long>("select count(*) as \"Value\" from sagas.saga where ended_at is null"))[0] == 0, "all end", TimeSpan.FromSeconds(60));
        var started = await successor.QueryAsync<string>("select subject as \"Value\" from sagas.saga");
        var finished = await successor.DoAsync(db => db.Entries.Select(entry => entry.Account).ToListAsync());
        Assert.Equal(started.Order(), finished.Order());
        // The log of each is complete: every step once, in order.
        Assert.Equal(["one, two, three, four, finish"], await successor.QueryAsync<string>("""
            select distinct steps as "Value" from (select string_agg(step, ', ' order by seq) as steps from sagas.saga_log group by saga_id) logs
            """));
        TestContext.Current.TestOutputHelper?.WriteLine($"{started.Count} sagas");
    }

    private static Task<List<string>> LogAsync(Replica replica, Guid saga) =>
        replica.QueryAsync<string>($"select step || ' ' || outcome as \"Value\" from sagas.saga_log where saga_id = '{saga}' order by seq");

    private static Task<long> DepositsAsync(Replica replica) => replica.DoAsync(db => db.Accounts.SumAsync(a => a.Sequence));

    private static async Task<long> AppliedAsync(Replica replica) => await replica.DoAsync(db => db.Entries.CountAsync());
}
