using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Broker;

/// <summary>The integration creates one client of each kind; after a fatal error it is replaced.</summary>
public sealed class ClientRenewalTests(Servers servers)
{
    private readonly LogRecorder _log = new() { IsListening = true };

    [Fact]
    public async Task A_producer_that_failed_for_good_is_replaced_and_nothing_is_lost_or_out_of_order()
    {
        await using var broker = MockKafka.Start();
        await using var replica = await StartAsync(broker);

        for (var failure = 1; failure <= 2; failure++)
        {
            broker.RefuseNextMessage();
            await PublishAsync(replica, failure * 10 - 9, failure * 10);
            await EntriesAreAsync(replica, failure * 10);
            Assert.Equal(failure, Count("EventProducer: Publishing failed"));
        }
    }

    [Fact]
    public async Task A_member_that_failed_for_good_is_replaced_and_reads_on()
    {
        await using var broker = MockKafka.Start();
        await using var replica = await StartAsync(broker);

        for (var failure = 1; failure <= 2; failure++)
        {
            await PublishAsync(replica, failure * 10 - 9, failure * 10);
            await EntriesAreAsync(replica, failure * 10);
            broker.ExpelNextMember();
            await Eventually.TrueAsync(() => Count("ConsumerWorker: The consumer failed") == failure, "the member has failed");
        }
        await PublishAsync(replica, 21, 30);

        await EntriesAreAsync(replica, 30);
    }

    private async Task<Replica> StartAsync(KafkaBroker broker)
    {
        await broker.CreateTopicAsync("shop.testing.v1", 4);
        return await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>(), services => services.AddLogging(_log.AddTo));
    }

    private int Count(string text) => _log.Text.Split(text).Length - 1;

    private static Task PublishAsync(Replica replica, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = "a", Sequence = i });
        return db.SaveChangesAsync();
    });

    private static async Task EntriesAreAsync(Replica replica, int count)
    {
        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= count, $"{count} entries", TimeSpan.FromSeconds(60));
        var sequence = await replica.DoAsync(db => db.Entries.OrderBy(entry => entry.Id).Select(entry => entry.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), sequence);
    }
}
