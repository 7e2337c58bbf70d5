using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Shop.Persistence;
using Shop.Persistence.Connections;
using Shop.Persistence.Retention;
using Shop.Testing;

namespace Shop.Persistence.Tests;

/// <summary>Partitions that were created too late, and old ones that are still needed.</summary>
public sealed class DayPartitionTests(Servers servers)
{
    private const string Nowhere = "localhost:1";

    /// <summary>As after two days without housekeeping: all of today's rows are in the default partition, and more are written meanwhile.</summary>
    [Theory]
    [InlineData("messaging.outbox", "insert into messaging.outbox (event_id, shard, topic, key, type, payload) values ($1, 1, 't', 'k', 'x', '')")]
    [InlineData("messaging.inbox", "insert into messaging.inbox (event_id, consumer) values ($1, 'c')")]
    [InlineData("sagas.saga_log", "insert into sagas.saga_log (saga_id, seq, step, undo, attempt, outcome, started_at, duration) values ($1, 1, 's', false, 1, 'done', now(), '0')")]
    public async Task A_day_that_comes_too_late_is_made_while_rows_keep_coming_and_no_write_fails(string table, string insert)
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, Nowhere, _ => { });
        await Eventually.TrueAsync(() => replica.Services.GetRequiredService<Housekeeping>().RunOnceAsync(default), "the replica's own turn has finished");
        await ExecuteAsync(replica, DropToday(table));
        await using var source = NpgsqlDataSource.Create(database);
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await using var command = source.CreateCommand(insert);
                command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
                await command.ExecuteNonQueryAsync();
                Interlocked.Increment(ref written);
            }
        })).ToList();
        await Eventually.TrueAsync(() => Volatile.Read(ref written) > 100 || writers.Exists(writer => writer.IsFaulted), "rows are in the default partition");

        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();
        await Eventually.TrueAsync(() => housekeeping.RunOnceAsync(default), "the days are made");
        var then = Volatile.Read(ref written);
        await Eventually.TrueAsync(() => Volatile.Read(ref written) > then + 100 || writers.Exists(writer => writer.IsFaulted), "writers go on");
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        var where = await replica.QueryAsync<string>($"select distinct tableoid::regclass::text as \"Value\" from {table}");
        Assert.DoesNotContain($"{table}_default", where);
        Assert.Equal(written, Assert.Single(await replica.QueryAsync<int>($"select count(*)::int as \"Value\" from {table}")));
    }

    /// <summary>A reader of the default partition keeps the day waiting, and the row comes behind it.</summary>
    [Fact]
    public async Task The_first_row_of_a_day_that_comes_while_its_partition_is_made_is_written()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, Nowhere, _ => { });
        await Eventually.TrueAsync(() => replica.Services.GetRequiredService<Housekeeping>().RunOnceAsync(default), "the replica's own turn has finished");
        await ExecuteAsync(replica, DropToday("messaging.inbox"));
        await using var source = NpgsqlDataSource.Create(database);
        await using var reader = await source.OpenConnectionAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await DoAsync(reader, "select from messaging.inbox_default");

        var made = InOwnConnectionAsync(source, Day("messaging.inbox", "event_id", ago: 0));
        await WaitingAsync(replica, 1);
        var written = InOwnConnectionAsync(source, "insert into messaging.inbox (event_id, consumer) values (uuidv7(), 'c')");
        await WaitingAsync(replica, 2);
        await reading.CommitAsync();
        await Task.WhenAll(made, written);

        Assert.DoesNotContain("messaging.inbox_default", await replica.QueryAsync<string>("select tableoid::regclass::text as \"Value\" from messaging.inbox"));
    }

    [Fact]
    public async Task A_day_that_cannot_be_made_degrades_health_and_keeps_neither_other_days_nor_retention_from_their_turn()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, Nowhere, _ => { });
        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();
        await Eventually.TrueAsync(() => housekeeping.RunOnceAsync(default), "the replica's own turn has finished");
        // Another partition has the day's bounds.
        await ExecuteAsync(replica, DropToday("messaging.outbox"), DropToday("messaging.inbox"), Day("messaging.inbox", "event_id", ago: 30), """
            do $$ begin execute format('create table messaging.outbox_other partition of messaging.outbox for values from (%L) to (%L)',
                persistence.first_id(date_trunc('day', now(), 'UTC')), persistence.first_id(date_trunc('day', now(), 'UTC') + interval '24 hours')); end $$
            """);

        await Assert.ThrowsAsync<AggregateException>(() => housekeeping.RunOnceAsync(default));

        var context = new HealthCheckContext { Registration = new(Housekeeping.HealthCheck, housekeeping, HealthStatus.Degraded, null) };
        Assert.Equal(HealthStatus.Degraded, (await housekeeping.CheckHealthAsync(context)).Status);
        // Another replica reports it as well, although it did not try.
        await using (var holder = await replica.Services.GetRequiredService<SessionConnections>().OpenAsync(default))
        {
            await using var other = await Replica.StartAsync(database, Nowhere, _ => { });
            await using var take = new NpgsqlCommand("select pg_advisory_lock(x'73686f706b656570'::bigint)", holder);
            await take.ExecuteNonQueryAsync();
            var others = other.Services.GetRequiredService<Housekeeping>();
            Assert.False(await others.RunOnceAsync(default));
            Assert.Equal(HealthStatus.Degraded, (await others.CheckHealthAsync(context)).Status);
        }
        Assert.Equal(2, Assert.Single(await replica.QueryAsync<int>(
            "select count(*)::int as \"Value\" from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'messaging.inbox'::regclass and c.relname ~ '[0-9]$'")));

        await ExecuteAsync(replica, "drop table messaging.outbox_other");
        Assert.True(await housekeeping.RunOnceAsync(default));
        Assert.Equal(HealthStatus.Healthy, (await housekeeping.CheckHealthAsync(context)).Status);
    }

    [Fact]
    public async Task Rows_that_cannot_be_deleted_keep_neither_others_nor_days_from_going()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { }, services => services
            .AddPurge(_ => new("no_such_table", "true", TimeSpan.Zero))
            .AddPurge(_ => new("entry", "sequence = extract(day from $1)", TimeSpan.FromDays(7))));
        await ExecuteAsync(replica, Day("messaging.inbox", "event_id", ago: 30), "insert into entry (account, sequence, consumer) values ('old', 7, ''), ('new', 8, '')");

        // Not while the replica runs it itself.
        var failure = await Eventually.IsAsync(async () => await Record.ExceptionAsync(() => replica.Services.GetRequiredService<Housekeeping>().RunOnceAsync(default)), "it fails");

        Assert.Equal("42P01", Assert.IsType<PostgresException>(Assert.Single(Assert.IsType<AggregateException>(failure).InnerExceptions)).SqlState);
        Assert.Equal(["new"], await replica.QueryAsync<string>("select account as \"Value\" from entry"));
        Assert.Empty(await replica.QueryAsync<string>("select relname::text as \"Value\" from pg_class where relname = 'inbox_' || to_char(now() at time zone 'UTC' - interval '30 days', 'YYYYMMDD')"));
    }

    [Fact]
    public async Task Days_that_passed_without_a_partition_get_theirs_too()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { });
        await ExecuteAsync(replica, "insert into messaging.inbox (event_id, consumer) select persistence.first_id(now() - n * interval '1 day'), 'c' from generate_series(2, 5) n");

        await Eventually.TrueAsync(() => replica.Services.GetRequiredService<Housekeeping>().RunOnceAsync(default), "the other one has finished");

        var where = await replica.QueryAsync<string>("select tableoid::regclass::text as \"Value\" from messaging.inbox");
        Assert.Equal(4, where.Distinct().Count());
        Assert.DoesNotContain("messaging.inbox_default", where);
    }

    /// <summary>Between the check and the drop no row may be written: it would be dropped with its day.</summary>
    [Fact]
    public async Task A_row_that_arrives_while_its_day_is_dropped_keeps_the_day()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, Nowhere, _ => { });
        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();
        await Eventually.TrueAsync(() => housekeeping.RunOnceAsync(default), "the replica's own turn has finished");
        await ExecuteAsync(replica, Day("messaging.inbox", "event_id", ago: 20));
        await using var source = NpgsqlDataSource.Create(database);
        await using var writer = await source.OpenConnectionAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand("insert into messaging.inbox (event_id, consumer) values (persistence.first_id(now() - interval '20 days'), 'c')", writer, transaction);
        await insert.ExecuteNonQueryAsync();

        var tidying = housekeeping.RunOnceAsync(default);
        await Eventually.TrueAsync(async () => (await replica.QueryAsync<int>("select count(*)::int as \"Value\" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))[0] == 1,
            "it waits for the writer");
        await transaction.CommitAsync();
        await tidying;

        Assert.Equal([1], await replica.QueryAsync<int>("select count(*)::int as \"Value\" from messaging.inbox"));
    }

    [Fact]
    public async Task What_was_written_lately_about_something_old_is_kept_as_long_as_anything()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { });
        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();
        await ExecuteAsync(replica, "insert into messaging.inbox (event_id, consumer) values (persistence.first_id(now() - interval '20 days'), 'c')");

        await Eventually.TrueAsync(() => housekeeping.RunOnceAsync(default), "the other one has finished");
        await housekeeping.RunOnceAsync(default);
        Assert.Equal([1], await replica.QueryAsync<int>("select count(*)::int as \"Value\" from messaging.inbox"));

        await ExecuteAsync(replica, "update messaging.inbox set written_at = now() - interval '15 days'");
        await housekeeping.RunOnceAsync(default);
        Assert.Equal([0], await replica.QueryAsync<int>("select count(*)::int as \"Value\" from messaging.inbox"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_not_published_is_not_dropped_however_old(bool hasItsDay)
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, messaging => messaging.Publishes("shop.testing.v1"));
        await ExecuteAsync(replica, hasItsDay ? Day("messaging.outbox", "event_id", ago: 20) : "",
            "insert into messaging.outbox (event_id, shard, topic, key, type, payload) values (persistence.first_id(now() - interval '20 days'), 1, 't', 'k', 'x', '')");
        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();

        await Eventually.TrueAsync(() => housekeeping.RunOnceAsync(default), "the other one has finished");
        Assert.Single(await replica.QueryAsync<Guid>("select event_id as \"Value\" from messaging.outbox"));

        await ExecuteAsync(replica, "update messaging.outbox_shard set read_to = pg_current_snapshot()");
        await housekeeping.RunOnceAsync(default);
        Assert.Empty(await replica.QueryAsync<Guid>("select event_id as \"Value\" from messaging.outbox"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_log_of_a_saga_is_kept_as_long_as_the_saga_however_old(bool hasItsDay)
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { });
        await ExecuteAsync(replica, hasItsDay ? Day("sagas.saga_log", "saga_id", ago: 60) : "", """
            with old as (
                insert into sagas.saga (id, type, state, within) values (persistence.first_id(now() - interval '60 days'), 'Other', 'null', '1 day') returning id
            )
            insert into sagas.saga_log (saga_id, seq, step, undo, attempt, outcome, started_at, duration) select id, 1, 's', false, 1, 'done', now(), '0' from old
            """);
        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();

        await Eventually.TrueAsync(() => housekeeping.RunOnceAsync(default), "the other one has finished");
        Assert.Single(await replica.QueryAsync<Guid>("select saga_id as \"Value\" from sagas.saga_log"));

        await ExecuteAsync(replica, "update sagas.saga set ended_at = now() - interval '29 days', status = 'completed'");
        await housekeeping.RunOnceAsync(default);
        Assert.Single(await replica.QueryAsync<Guid>("select saga_id as \"Value\" from sagas.saga_log"));

        await ExecuteAsync(replica, "update sagas.saga set ended_at = now() - interval '31 days'");
        await housekeeping.RunOnceAsync(default);
        Assert.Empty(await replica.QueryAsync<Guid>("select saga_id as \"Value\" from sagas.saga_log"));
    }

    private static async Task InOwnConnectionAsync(NpgsqlDataSource source, string sql)
    {
        await using var connection = await source.OpenConnectionAsync();
        await DoAsync(connection, sql);
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Task WaitingAsync(Replica replica, int count) => Eventually.TrueAsync(
        async () => (await replica.QueryAsync<int>("select count(*)::int as \"Value\" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).Single() == count,
        $"{count} wait for a lock");

    private static async Task ExecuteAsync(Replica replica, params string[] statements)
    {
        foreach (var sql in statements.Where(sql => sql.Length > 0))
            await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync(sql));
    }

    private static string Day(string table, string key, int ago) => $"select persistence.ensure_day('{table}', '{key}', (now() at time zone 'UTC')::date - {ago})";

    private static string DropToday(string table) =>
        $"do $$ begin execute 'drop table {table}_' || to_char(now() at time zone 'UTC', 'YYYYMMDD'); end $$";
}
