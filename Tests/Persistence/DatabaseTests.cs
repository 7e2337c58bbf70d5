using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Shop.Persistence;
using Shop.Persistence.Retention;
using Shop.Persistence.Schema;
using Shop.Testing;

namespace Shop.Persistence.Tests;

public sealed class DatabaseTests(Servers servers)
{
    private const string Nowhere = "localhost:1";

    [Fact]
    public async Task Replicas_that_start_at_once_migrate_once()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Replica.StartAsync(database, Nowhere, _ => { })));
        try
        {
            Assert.Equal(["20260101000000_First"], await replicas[0].QueryAsync<string>("select \"MigrationId\" as \"Value\" from \"__EFMigrationsHistory\""));
            Assert.Equal(["messaging 1", "messaging 2", "messaging 3", "persistence 1", "persistence 2", "sagas 1"],
                await replicas[0].QueryAsync<string>("select library || ' ' || number as \"Value\" from persistence.schema_version order by 1"));
            Assert.Equal(6, (await replicas[0].QueryAsync<string>("select relname::text as \"Value\" from pg_class where relname ~ '_[0-9]+$' and relkind = 'r'")).Count);
        }
        finally
        {
            foreach (var replica in replicas)
                await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_service_is_not_ready_before_its_database_is_migrated()
    {
        await using var replica = Replica.Build(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { });
        var readiness = replica.Services.GetRequiredService<DatabaseReadiness>();
        var context = new HealthCheckContext { Registration = new("migrations", readiness, HealthStatus.Unhealthy, null) };
        Assert.Equal(HealthStatus.Unhealthy, (await readiness.CheckHealthAsync(context)).Status);

        await replica.Services.GetServices<IHostedService>().OfType<DatabaseMigration>().Single().StartAsync(default);
        await readiness.WaitAsync(default).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(HealthStatus.Healthy, (await readiness.CheckHealthAsync(context)).Status);
    }

    [Fact]
    public async Task A_transaction_that_meets_a_deadlock_is_repeated_as_a_whole()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { });
        await replica.DoAsync(db => db.AddAccountsAsync("a", "b"));
        using var both = new Barrier(2);
        var attempts = 0;

        Task TransferAsync(string from, string to) => Task.Run(() => replica.DoAsync(db => db.InTransactionAsync(async cancel =>
        {
            var first = Interlocked.Increment(ref attempts) <= 2;
            await db.Database.ExecuteSqlAsync($"update account set balance = balance - 1 where id = {from}", cancel);
            if (first)
                both.SignalAndWait(TimeSpan.FromSeconds(10), cancel);
            await db.Database.ExecuteSqlAsync($"update account set balance = balance + 1 where id = {to}", cancel);
        }, default)));
        await Task.WhenAll(TransferAsync("a", "b"), TransferAsync("b", "a"));

        Assert.Equal(3, attempts);
        Assert.All(await replica.DoAsync(db => db.Accounts.ToListAsync()), account => Assert.Equal(0, account.Balance));
    }

    [Fact]
    public async Task Housekeeping_drops_old_days_and_moves_early_rows_into_their_partition()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, messaging => messaging.Publishes("shop.testing.v1"));
        // The replica also runs it at its start: under its lock, because two changes of the same partitions at once could deadlock.
        await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("""
            select pg_advisory_xact_lock({0});
            select persistence.ensure_day('messaging.outbox', 'event_id', (now() at time zone 'UTC')::date - age) from unnest(array[20, 3]) age;
            do $$ begin execute 'drop table messaging.outbox_' || to_char(now() at time zone 'UTC' + interval '1 day', 'YYYYMMDD'); end $$;
            insert into messaging.outbox (event_id, shard, topic, key, type, payload) values (persistence.first_id(date_trunc('day', now(), 'UTC') + interval '30 hours'), 1, 't', 'k', 'x', '');
            insert into messaging.inbox (event_id, consumer, written_at) select persistence.first_id(now() - age), 'c', now() - age from unnest(array['30 days', '3 days']::interval[]) age;
            """, Housekeeping.LockKey));

        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();
        await Eventually.TrueAsync(() => housekeeping.RunOnceAsync(default), "the other one has finished");

        var partitions = await replica.QueryAsync<string>("select c.relname::text as \"Value\" from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'messaging.outbox'::regclass");
        Assert.Equal(4, partitions.Count);   // default, three days ago, today, tomorrow
        Assert.DoesNotContain("outbox_default", await replica.QueryAsync<string>("select tableoid::regclass::text as \"Value\" from messaging.outbox"));
        Assert.Single(await replica.QueryAsync<Guid>("select event_id as \"Value\" from messaging.inbox"));
    }

    [Fact]
    public async Task A_second_row_of_a_key_is_a_unique_violation_of_that_key()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { });
        await replica.DoAsync(db => db.AddAccountsAsync("a"));

        var failure = await Assert.ThrowsAsync<DbUpdateException>(() => replica.DoAsync(db => db.AddAccountsAsync("a")));

        Assert.True(failure.IsUniqueViolation());
        Assert.True(failure.IsUniqueViolation("another_key", "account_pkey"));
        Assert.False(failure.IsUniqueViolation("another_key"));
        Assert.False(new DbUpdateException("another failure").IsUniqueViolation());
    }

    [Fact]
    public async Task A_missing_connection_string_is_said_by_name()
    {
        await using var replica = Replica.Build("", Nowhere, _ => { });
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => replica.DoAsync(db => db.Accounts.ToListAsync()));
        Assert.Contains("testing", failure.Message);
    }
}
