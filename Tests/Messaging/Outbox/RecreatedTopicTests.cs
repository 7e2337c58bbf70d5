using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Outbox;

/// <summary>After a topic was deleted, and perhaps recreated, retained events are published again, and no later event is skipped.</summary>
public sealed class RecreatedTopicTests(Servers servers)
{
    private static readonly (string, string) Soon = ("Messaging:Outbox:LostDataCheck", "00:00:01");

    private static Action<MessagingBuilder> Publisher => messaging => messaging.Publishes(RawRecords.Topic);

    private static Action<MessagingBuilder> Both => messaging => messaging.Publishes(RawRecords.Topic).Handles<Deposited, KeepEntries>();

    /// <summary>On a broker that would create a topic of one partition at the first message.</summary>
    [Fact]
    public async Task A_deleted_topic_is_recreated_by_its_owner_and_filled_with_retained_events()
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        await using var broker = await RealKafka.StartAsync("auto.create.topics.enable=true", "num.partitions=1");
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Both, null, Soon, ("Messaging:TopicPartitions", "6"));
        await PublishAsync(replica, 1, 30);
        await EntriesAreAsync(replica, 30);

        await broker.DeleteTopicAsync(RawRecords.Topic);
        await PublishAsync(replica, 31, 40);

        await EntriesAreAsync(replica, 40);
        Assert.Equal(6, broker.PartitionsOf(RawRecords.Topic));
        using var topic = new TopicReader(broker, RawRecords.Topic);
        await topic.ReadUntilAsync(records => records.Select(record => Deposited.Parser.ParseFrom(record.Message.Value).Sequence).Distinct().Count() == 40, "everything again");
    }

    [Fact]
    public async Task A_topic_that_cannot_be_recreated_degrades_health_until_it_exists()
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        var broker = await servers.BrokerAsync();
        await broker.CreateTopicAsync(RawRecords.Topic, 4);
        // More replicas than brokers.
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Publisher, null, Soon, ("Messaging:TopicReplication", "3"));
        await Eventually.TrueAsync(async () => (await HealthAsync(replica)).Status == HealthStatus.Degraded, "the health check's topic is missing, too");
        await broker.CreateTopicAsync("healthchecks-topic", 1);
        await Eventually.TrueAsync(async () => (await HealthAsync(replica)).Status == HealthStatus.Healthy, "all are there");

        await servers.DeleteTopicAsync(RawRecords.Topic);
        await Eventually.TrueAsync(async () => (await HealthAsync(replica)).Status == HealthStatus.Degraded, "one is missing");
        Assert.Contains(RawRecords.Topic, (await HealthAsync(replica)).Description);
        await broker.CreateTopicAsync(RawRecords.Topic, 4);
        await Eventually.TrueAsync(async () => (await HealthAsync(replica)).Status == HealthStatus.Healthy, "healthy again");
    }

    /// <summary>Its end offset, above the acknowledged one, does not show that it is another topic.</summary>
    [Fact]
    public async Task A_recreated_topic_filled_beyond_the_acknowledged_offset_gets_all_retained_events_too()
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        var broker = await servers.BrokerAsync();
        await broker.CreateTopicAsync(RawRecords.Topic, 1);
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var before = await Replica.StartAsync(database, broker.BootstrapServers, Publisher, null, Soon))
        {
            await PublishAsync(before, 1, 3);
            using var first = new TopicReader(broker, RawRecords.Topic);
            await first.ReadUntilAsync(records => records.Count == 3, "three records");
            await Eventually.TrueAsync(async () => await before.DoAsync(db => db.Database.SqlQueryRaw<string>("select topic_id as \"Value\" from messaging.outbox_topic").AnyAsync()), "the topic is known");
        }

        await servers.DeleteTopicAsync(RawRecords.Topic);
        await broker.CreateTopicAsync(RawRecords.Topic, 1);
        using var records = new RawRecords(broker);
        await SendAsync(records, "other", 5);

        await using var after = await Replica.StartAsync(database, broker.BootstrapServers, Publisher, null, Soon);
        using var topic = new TopicReader(broker, RawRecords.Topic);
        await topic.ReadUntilAsync(all => all.Count(record => record.Message.Key == "a") == 3, "the three again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_skipped_in_a_recreated_topic_filled_beyond_the_committed_offset(bool whileItRuns)
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        var broker = await servers.BrokerAsync();
        await broker.CreateTopicAsync(RawRecords.Topic, 1);
        var database = await servers.Postgres.CreateDatabaseAsync();
        var fault = new HandlerFault(@event => @event.Account == "last", _ => new TimeoutException("the upstream is unavailable"));
        using var records = new RawRecords(broker);
        Task<Replica> StartAsync() => Replica.StartAsync(database, broker.BootstrapServers, messaging => messaging.Handles<Deposited, KeepEntries>(),
            services => services.AddSingleton(fault), ("Messaging:Consumer:QueueLimit", "1"), ("Messaging:Consumer:LongestRetry", "00:00:00.2"), ("Messaging:Consumer:TopicCheck", "00:00:01"));
        var replica = await StartAsync();
        try
        {
            await SendAsync(records, "old", 20);
            await Eventually.TrueAsync(async () => await CountAsync(replica, "old") == 20, "the old topic is read");
            if (whileItRuns)
            {
                // Its partition is paused, and nothing is fetched.
                await records.SendAsync(0, RawRecords.Deposited("last"));
                await Eventually.TrueAsync(() => fault.Attempts > 0, "the partition waits");
            }
            else
            {
                await replica.DisposeAsync();
            }

            await servers.DeleteTopicAsync(RawRecords.Topic);
            await broker.CreateTopicAsync(RawRecords.Topic, 1);
            using var again = new RawRecords(broker);
            await SendAsync(again, "new", 40);
            fault.IsOver = true;
            if (!whileItRuns)
                replica = await StartAsync();

            await Eventually.TrueAsync(async () => await CountAsync(replica, "new") == 40, "all of the new topic is read", TimeSpan.FromSeconds(25));
        }
        finally
        {
            await replica.DisposeAsync();
        }
    }

    private static async Task<HealthReportEntry> HealthAsync(Replica replica) =>
        (await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "topics")).Entries["topics"];

    private static Task SendAsync(RawRecords records, string account, int count) =>
        Task.WhenAll(Enumerable.Range(1, count).Select(i => records.SendAsync(0, RawRecords.Deposited(account, i))));

    private static Task<int> CountAsync(Replica replica, string account) => replica.DoAsync(db => db.Entries.CountAsync(entry => entry.Account == account));

    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = "a", Sequence = i });
        return db.SaveChangesAsync();
    });

    private static async Task EntriesAreAsync(Replica replica, int count)
    {
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= count, $"{count} entries", TimeSpan.FromSeconds(40));
        var sequence = await replica.DoAsync(db => db.Entries.OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), sequence);
    }
}
