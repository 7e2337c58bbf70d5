using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Outbox;

public sealed class RecoveryTests(Servers servers)
{
    private static Action<MessagingBuilder> Messaging => messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>();

    [Fact]
    public async Task A_relay_that_dies_before_it_moves_its_cursor_doubles_nothing()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        if (broker.IsReal)
            await broker.CreateTopicAsync("shop.testing.v1", 12);
        await using (var dying = await Replica.StartAsync(database, broker.BootstrapServers, _ => { }))
        {
            // This replica only writes; the following is a relay's work up to the point where it dies.
            await using var writer = Replica.Build(database, broker.BootstrapServers, Messaging);
            await PublishAsync(writer, 1, 20);
            var reads = await writer.Services.GetRequiredService<OutboxReader>().ReadAsync([.. Enumerable.Range(0, 16).Select(i => (short)i)], 1000, default);
            Assert.Equal(20, reads.Sum(read => read.Events.Count));
            await writer.Services.GetRequiredService<EventProducer>().PublishAsync(reads, default);
        }

        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers, Messaging);
        using var topic = new TopicReader(broker, "shop.testing.v1");
        await topic.ReadUntilAsync(records => records.Count >= 40, "everything twice");
        await EntriesAreAsync(replica, 20);
    }

    [Fact]
    public async Task A_broker_that_lost_everything_gets_it_again_and_nothing_is_applied_twice()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var broker = MockKafka.Start())
        {
            await using var before = await Replica.StartAsync(database, broker.BootstrapServers, Messaging);
            await PublishAsync(before, 1, 30);
            await EntriesAreAsync(before, 30);
        }

        await using var empty = MockKafka.Start();
        await using var after = await Replica.StartAsync(database, empty.BootstrapServers, Messaging);
        using var topic = new TopicReader(empty, "shop.testing.v1");
        await topic.ReadUntilAsync(records => records.Count >= 30, "everything again");
        await PublishAsync(after, 31, 31);
        await EntriesAreAsync(after, 31);
    }

    [Fact]
    public async Task A_topic_that_is_emptied_under_a_running_relay_is_filled_again()
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging, null, ("Messaging:Outbox:LostDataCheck", "00:00:01"));
        await PublishAsync(replica, 1, 30);
        await EntriesAreAsync(replica, 30);

        await (await servers.BrokerAsync()).CreateTopicAsync("shop.testing.v1", 12);   // recreating it empties it

        using var topic = new TopicReader(broker, "shop.testing.v1");
        await topic.ReadUntilAsync(records => records.Count >= 30, "everything again", TimeSpan.FromSeconds(30));
        await PublishAsync(replica, 31, 31);
        await EntriesAreAsync(replica, 31);
    }

    [Fact]
    public async Task A_database_restored_elsewhere_publishes_old_and_new_events()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var before = await Replica.StartAsync(database, broker.BootstrapServers, Messaging))
        {
            await PublishAsync(before, 1, 10);
            await EntriesAreAsync(before, 10);
            await before.StopAsync();
            // Like a dump from a cluster whose transaction ids were far ahead.
            await before.DoAsync(db => db.Database.ExecuteSqlRawAsync("""
                update messaging.cluster_identity set system_identifier = 1;
                update messaging.outbox set xact = '900000000000'::xid8;
                update messaging.outbox_shard set read_to = '900000000001:900000000001:';
                """));
        }

        await using var after = await Replica.StartAsync(database, broker.BootstrapServers, Messaging);
        await PublishAsync(after, 11, 12);
        await EntriesAreAsync(after, 12);
        Assert.Equal(0, (await after.Services.GetRequiredService<OutboxOperations>().StatusAsync(default)).Backlog);
    }

    [Fact]
    public async Task An_operator_can_publish_again_from_a_time_on()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging);
        await PublishAsync(replica, 1, 10);
        await EntriesAreAsync(replica, 10);
        var from = TimeProvider.System.GetUtcNow();
        await PublishAsync(replica, 11, 15);
        await EntriesAreAsync(replica, 15);

        await replica.Services.GetRequiredService<OutboxOperations>().RepublishAsync(from, default);

        using var topic = new TopicReader(broker, "shop.testing.v1");
        await topic.ReadUntilAsync(records => records.Count >= 20, "the last five again");
        await PublishAsync(replica, 16, 16);
        await EntriesAreAsync(replica, 16);
    }

    [Fact]
    public async Task What_was_never_published_is_not_passed_over_by_a_republication_from_a_later_time()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var away = await Replica.StartAsync(database, "localhost:1", Messaging))
        {
            await PublishAsync(away, 1, 3);
            await away.Services.GetRequiredService<OutboxOperations>().RepublishAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), default);
        }

        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers, Messaging);

        await EntriesAreAsync(replica, 3);
    }

    [Fact]
    public async Task Replicas_share_the_shards_and_inherit_them()
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var first = await Replica.StartAsync(database, "localhost:1", _ => { });
        await Eventually.TrueAsync(() => Owned(first) == 16, "one has all");
        await using var second = await Replica.StartAsync(database, "localhost:1", _ => { });
        await Eventually.TrueAsync(() => Owned(first) == 8 && Owned(second) == 8, "each has half");

        await first.StopAsync();
        await Eventually.TrueAsync(() => Owned(second) == 16, "the other has all");

        static int Owned(Replica replica) => int.PopCount(replica.Services.GetRequiredService<ShardLeases>().Owned);
    }

    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = "a", Sequence = i });
        return db.SaveChangesAsync();
    });

    private static async Task EntriesAreAsync(Replica replica, int count)
    {
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= count, $"{count} entries", TimeSpan.FromSeconds(25));
        var sequence = await replica.DoAsync(db => db.Entries.OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), sequence);
    }
}
