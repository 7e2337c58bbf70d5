using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Outbox;

public sealed class PublishingTests(Servers servers)
{
    [Fact]
    public async Task An_event_reaches_its_handler_once_and_in_order()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers, m => m.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>());

        await replica.DoAsync(async db =>
        {
            for (var i = 1; i <= 50; i++)
                db.Publish(new Deposited { Account = "a", Sequence = i, Amount = 10 });
            await db.SaveChangesAsync();
        });

        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= 50, "50 entries");
        var sequence = await replica.DoAsync(db => db.Entries.OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), sequence);
    }
}
