using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Outbox;

public sealed class BrokerOutageTests(Servers servers)
{
    private static Action<MessagingBuilder> Messaging => messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>();

    [Fact]
    public async Task A_broker_that_is_unavailable_only_delays_and_keeps_the_order()
    {
        await using var broker = MockKafka.Start();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging);
        await PublishAsync(replica, 1, 10);
        await EntriesAreAsync(replica, 10);

        for (var outage = 1; outage <= 3; outage++)
        {
            broker.GoAway();
            await PublishAsync(replica, outage * 10 + 1, outage * 10 + 10);
            broker.ComeBack();
            await EntriesAreAsync(replica, outage * 10 + 10);
        }
    }

    [Fact]
    public async Task A_killed_broker_keeps_what_it_acknowledged()
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        await using var broker = await RealKafka.StartAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging);
        await PublishAsync(replica, 1, 100);
        await EntriesAreAsync(replica, 1);

        await broker.KillAsync();
        await PublishAsync(replica, 101, 200);
        await broker.StartAgainAsync();

        await EntriesAreAsync(replica, 200);
    }

    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = "a", Sequence = i });
        return db.SaveChangesAsync();
    });

    private static async Task EntriesAreAsync(Replica replica, int least)
    {
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= least, $"{least} entries", TimeSpan.FromSeconds(60));
        var sequence = await replica.DoAsync(db => db.Entries.OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, sequence.Count).Select(i => (long)i), sequence);
    }
}
