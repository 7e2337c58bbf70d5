using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.Messaging;
using Shop.Messaging.Tests.V1;
using Shop.Persistence;
using Shop.Persistence.Retention;
using Shop.Sagas;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;

namespace Shop.Persistence.Tests;

/// <summary>A database that accepts no writes for lack of space: requests get a retryable error, workers wait, nothing is lost, and health is degraded.</summary>
public sealed class FullDiskTests(Servers servers)
{
    private static readonly (string, string)[] Settings =
    [
        ("Sagas:Lease", "00:00:03"), ("Sagas:StepTimeout", "00:00:02"), ("Sagas:Interval", "00:00:00.5"), ("Messaging:Consumer:LongestRetry", "00:00:00.5"),
    ];

    private static Action<MessagingBuilder> Messaging => messaging => messaging.Publishes(RawRecords.Topic).Handles<Deposited, KeepEntries>();

    /// <summary>A trigger refuses every write with the error of a full disk: reproducible on every machine.</summary>
    [Fact]
    public async Task What_waits_for_space_goes_on_when_there_is_some_and_nothing_is_lost_or_published_twice()
    {
        await using var broker = MockKafka.Start();
        var log = new LogRecorder { IsListening = true };
        var steps = new Steps();
        await using var replica = await StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker, log, steps);
        await PublishAsync(replica, 1, 10);
        await EntriesAreAsync(replica, 10);
        broker.GoAway();
        await PublishAsync(replica, 11, 20);
        await replica.QueryAsync<int>(RefuseWrites);
        steps.On("two", async (_, _) =>
        {
            if (steps.Names.Count(name => name == "two") == 1)
                await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("insert into disk_is_full values (true)"));
            return StepResult.Done;
        });
        var saga = Guid.CreateVersion7();
        await replica.DoAsync(db =>
        {
            db.Start(new TestState { Account = saga.ToString() }, saga.ToString());
            return db.SaveChangesAsync();
        });
        await Eventually.TrueAsync(async () => (await HealthAsync(replica)).Status == HealthStatus.Degraded, "the saga's outcome is refused");

        broker.ComeBack();
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync(replica, 21, 21));
        Assert.True(TransientFailures.IsTransient(refused));
        var housekeeping = replica.Services.GetRequiredService<Housekeeping>();
        var untidied = await Assert.ThrowsAnyAsync<Exception>(() => housekeeping.RunOnceAsync(default));
        Assert.True(TransientFailures.IsTransient(untidied), untidied.ToString());
        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(replica, Housekeeping.HealthCheck)).Status);
        Assert.Contains("53100", (await HealthAsync(replica)).Description);
        await Eventually.TrueAsync(() => Lines("The relay failed") >= 3, "the relay cannot move its cursors");
        await Eventually.TrueAsync(() => Lines("KeepEntries failed to handle") >= 2, "the consumer waits");
        Assert.Equal(1, Lines("DatabaseSpace: The database accepts no writes"));

        await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("delete from disk_is_full"));
        await PublishAsync(replica, 21, 30);
        await EntriesAreAsync(replica, 30);
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.AnyAsync(entry => entry.Account == saga.ToString() && entry.Consumer == "finished")), "the saga ends", TimeSpan.FromSeconds(30));
        Assert.True(await housekeeping.RunOnceAsync(default));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(replica, Housekeeping.HealthCheck)).Status);
        using var topic = new TopicReader(broker, RawRecords.Topic);
        await topic.ReadUntilAsync(_ => Published().Contains(30), "all are published");
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (long)i), Published());

        List<long> Published() => [.. topic.Records.Where(record => record.Message.Key == "a").Select(record => Deposited.Parser.ParseFrom(record.Message.Value).Sequence)];

        int Lines(string text) => log.Text.Split('\n').Count(line => line.Contains(text));
    }

    /// <summary>A really full disk: PostgreSQL first refuses statements, and ends when there is no space for its WAL.</summary>
    [Fact]
    public async Task A_server_whose_disk_was_full_has_everything_that_was_committed_and_goes_on()
    {
        Assert.SkipWhen(SmallDisk.WhyNone is not null, SmallDisk.WhyNone ?? "");
        using var disk = SmallDisk.Mount(160);
        await using var postgres = await PostgresServer.StartInAsync(disk.Folder, "min_wal_size=32MB", "max_wal_size=32MB");
        await using var broker = MockKafka.Start();
        await using var replica = await StartAsync(await postgres.CreateDatabaseAsync(), broker, new LogRecorder(), new());
        var committed = new List<int>();
        await WriteAsync(10);
        Assert.Equal(10, committed.Count);

        disk.Fill();
        Assert.Equal(2, await WriteAsync(2));
        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(replica)).Status);
        // Then its WAL: the server panics, and cannot recover.
        await Eventually.TrueAsync(async () => await WriteLogAsync() is not null && postgres.HasExited, "the server gives up", TimeSpan.FromSeconds(30));
        Assert.Equal(1, await WriteAsync(1));

        disk.MakeSpace();
        await postgres.StartAgainAsync();
        var before = committed.Count;
        await Eventually.TrueAsync(async () => await WriteAsync(1) == 0, "writes are taken again");
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= committed.Count, "all are handled", TimeSpan.FromSeconds(30));
        Assert.Equal(committed.Select(i => (long)i), await replica.DoAsync(db => db.Entries.OrderBy(entry => entry.Sequence).Select(entry => entry.Sequence).ToListAsync()));
        Assert.True(committed.Count > before);

        async Task<Exception?> WriteLogAsync()
        {
            try
            {
                await postgres.ExecuteAsync("select pg_logical_emit_message(false, 'ballast', repeat('x', 1000000)) from generate_series(1, 20)");
                return null;
            }
            catch (Exception failure)
            {
                return failure;
            }
        }

        async Task<int> WriteAsync(int times)
        {
            var failures = 0;
            for (var i = 0; i < times; i++)
            {
                var sequence = committed.Count + 1;
                try
                {
                    await replica.DoAsync(db =>
                    {
                        db.Publish(new Deposited { Account = "a", Sequence = sequence, Ballast = Google.Protobuf.ByteString.CopyFrom(Random.Shared.GetItems<byte>([1, 2, 3, 4, 5, 6, 7, 8], 100_000)) });
                        return db.SaveChangesAsync();
                    });
                    committed.Add(sequence);
                }
                catch (Exception failure)
                {
                    Assert.True(TransientFailures.IsTransient(failure), failure.ToString());
                    failures++;
                }
            }
            return failures;
        }
    }

    // One row is the switch.
    private const string RefuseWrites = """
        create table disk_is_full (yes boolean);
        create function refuse() returns trigger language plpgsql as $$ begin
            if exists (select from disk_is_full) then
                raise exception using errcode = '53100', message = 'could not extend file: No space left on device';
            end if;
            return null;
        end $$;
        do $$ declare t text; begin
            foreach t in array array['entry', 'account', 'messaging.outbox', 'messaging.outbox_shard', 'messaging.inbox', 'sagas.saga', 'sagas.saga_log', 'messaging.dead_letter'] loop
                execute format('create trigger refuse before insert or update or delete on %s for each statement execute function refuse()', t);
            end loop;
        end $$;
        select 1 as "Value";
        """;

    private static Task<Replica> StartAsync(string database, KafkaBroker broker, LogRecorder log, Steps steps) =>
        Replica.StartAsync(database, broker.BootstrapServers, Messaging, services =>
        {
            services.AddSingleton(steps);
            if (log.IsListening)
                services.AddLogging(log.AddTo);
        }, Settings);

    private static async Task<HealthReportEntry> HealthAsync(Replica replica, string check = DatabaseSpace.HealthCheck) =>
        (await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(registered => registered.Name == check)).Entries[check];

    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = "a", Sequence = i });
        return db.SaveChangesAsync();
    });

    private static async Task EntriesAreAsync(Replica replica, int count)
    {
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync(entry => entry.Account == "a")) >= count, $"{count} entries", TimeSpan.FromSeconds(30));
        var sequence = await replica.DoAsync(db => db.Entries.Where(entry => entry.Account == "a").OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), sequence);
    }
}
