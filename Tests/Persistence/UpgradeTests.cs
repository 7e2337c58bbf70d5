using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Sagas;
using Shop.Sagas.Inspection;
using Shop.Testing;

namespace Shop.Persistence.Tests;

/// <summary>A database from before Persistence, Messaging and Sagas had their own scripts: all tables were in the schema <c>messaging</c>, at version 4.</summary>
public sealed class UpgradeTests(Servers servers)
{
    [Fact]
    public async Task A_database_from_before_the_libraries_were_split_keeps_everything_and_goes_on()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database))
        {
            var schema = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "messaging_4.sql"), TestContext.Current.CancellationToken);
            await using var before = source.CreateCommand($"""
                create schema messaging;
                create table messaging.schema_version (number integer primary key, applied_at timestamptz not null default now());
                insert into messaging.schema_version (number) select generate_series(1, 4);
                {schema}
                select messaging.ensure_partition(t, d) from unnest(array['outbox', 'inbox', 'command', 'saga_log']) t, generate_series(0, 1) d;
                insert into messaging.outbox (event_id, shard, topic, key, type, payload) values (messaging.first_id(now()), 1, 't', 'k', 'x', '');
                -- Of a day that passed without a partition.
                insert into messaging.inbox (event_id, consumer) values (messaging.first_id(now() - interval '3 days'), 'c'), (messaging.first_id(now()), 'c');
                insert into messaging.replica (id, seen_until) values (gen_random_uuid(), now());
                with old as (
                    insert into messaging.saga (id, type, state, within, left_open, ended_at, status) values (messaging.first_id(now()), 'TestSaga', 'null', '1 day', true, now(), 'completed') returning id
                )
                insert into messaging.saga_log (saga_id, seq, step, undo, attempt, outcome, started_at, duration) select id, 1, 'one', false, 1, 'done', now(), '0' from old;
                """);
            await before.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var replica = await Replica.StartAsync(database, "localhost:1", messaging => messaging.Publishes("shop.testing.v1"));
        await replica.Services.RunOnceAsync(default);

        Assert.Single(await replica.QueryAsync<Guid>("select event_id as \"Value\" from messaging.outbox"));
        Assert.Equal(2, (await replica.QueryAsync<string>("select distinct tableoid::regclass::text as \"Value\" from messaging.inbox")).Count(table => table != "messaging.inbox_default"));
        var saga = Assert.Single(await replica.QueryAsync<Guid>("select id as \"Value\" from sagas.saga where in_doubt"));
        Assert.Equal("one", Assert.Single((await replica.Services.GetRequiredService<SagaOperations>().FindAsync(saga, default))!.Log).Step);
        Assert.Empty(await replica.QueryAsync<string>("select relname::text as \"Value\" from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = 'messaging' and relname ~ '^(saga|replica|command|schema_version|home)'"));
        // New rows are written to the same tables.
        var id = await replica.DoAsync(async db =>
        {
            var started = db.Start(new TestState { Account = "a" });
            await db.SaveChangesAsync();
            return started;
        });
        await Eventually.TrueAsync(async () => (await replica.Services.GetRequiredService<SagaOperations>().FindAsync(id, default))!.Summary.EndedAt is not null, "a saga runs");
        Assert.Equal(2, (await replica.QueryAsync<Guid>("select distinct saga_id as \"Value\" from sagas.saga_log")).Count);
    }
}
