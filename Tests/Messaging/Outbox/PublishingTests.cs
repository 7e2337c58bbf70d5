using System.Diagnostics;
using System.Text;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Shop.Messaging.Tests.V1;
using Shop.Persistence;
using Shop.Testing;

namespace Shop.Messaging.Tests.Outbox;

public sealed class PublishingTests(Servers servers)
{
    private const string Nowhere = "localhost:1";

    private static Action<MessagingBuilder> Messaging => messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>();

    [Fact]
    public async Task An_event_reaches_its_handler_once_and_in_order()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging);

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

    [Fact]
    public async Task An_event_is_a_cloud_event_with_its_trace()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging);
        using var activity = new Activity("request").Start();
        await replica.DoAsync(db =>
        {
            db.Publish(new Deposited { Account = "계좌", Sequence = 1 });
            return db.SaveChangesAsync();
        });

        using var topic = new TopicReader(broker, "shop.testing.v1");
        await topic.ReadUntilAsync(records => records.Count == 1, "one record");
        var message = topic.Records[0].Message;
        var headers = message.Headers.ToDictionary(header => header.Key, header => Encoding.UTF8.GetString(header.GetValueBytes()));

        Assert.Equal("계좌", message.Key);
        Assert.Equal("1.0", headers["ce_specversion"]);
        Assert.Equal(7, Guid.Parse(headers["ce_id"]).Version);
        Assert.Equal("shop.testing.v1.Deposited", headers["ce_type"]);
        Assert.Equal("/shop/testing", headers["ce_source"]);
        Assert.InRange(DateTimeOffset.Parse(headers["ce_time"]), TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal("application/protobuf", headers["content-type"]);
        Assert.Contains(activity.TraceId.ToHexString(), headers["traceparent"]);
        Assert.Equal(1, Deposited.Parser.ParseFrom(message.Value).Sequence);
    }

    [Fact]
    public async Task What_is_rolled_back_is_not_published()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging);

        await Assert.ThrowsAsync<InvalidOperationException>(() => replica.DoAsync(db => db.InTransactionAsync(async cancel =>
        {
            db.Publish(new Deposited { Account = "a", Sequence = 1 });
            await db.SaveChangesAsync(cancel);
            throw new InvalidOperationException("no");
        }, CancellationToken.None)));
        await replica.DoAsync(db =>
        {
            db.Publish(new Deposited { Account = "a", Sequence = 2 });
            return db.SaveChangesAsync();
        });

        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) > 0, "an entry");
        Assert.Equal(2, Assert.Single(await replica.DoAsync(db => db.Entries.ToListAsync())).Sequence);
    }

    [Fact]
    public async Task What_cannot_be_published_is_refused_where_it_is_made()
    {
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, _ => { });
        await using var owner = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), Nowhere, Messaging);

        Assert.Contains("does not own", await RefusedAsync(replica, new Deposited { Account = "a" }));
        Assert.Contains("not an event", await RefusedAsync(owner, new NoEvent { Id = "a" }));
        Assert.Contains("the key field account is empty", await RefusedAsync(owner, new Deposited()));
        Assert.Contains("an event may have 512000", await RefusedAsync(owner, new Deposited { Account = "a", Ballast = ByteString.CopyFrom(new byte[600_000]) }));
    }

    [Fact]
    public async Task A_backlog_larger_than_a_read_is_published_in_order()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging, null, ("Messaging:Outbox:ReadLimit", "7"));
        await replica.DoAsync(async db =>
        {
            for (var i = 1; i <= 300; i++)
                db.Publish(new Deposited { Account = $"a{i % 3}", Sequence = i });
            await db.SaveChangesAsync();
        });

        using var topic = new TopicReader(broker, "shop.testing.v1");
        await topic.ReadUntilAsync(records => records.Count >= 300, "300 records");
        foreach (var account in topic.Records.GroupBy(record => record.Message.Key))
        {
            var sequence = account.Select(record => Deposited.Parser.ParseFrom(record.Message.Value).Sequence).ToList();
            Assert.Equal(sequence.Order(), sequence);
            Assert.Equal(100, sequence.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_backlog_of_exactly_one_read_does_not_hold_up_what_follows()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging, null, ("Messaging:Outbox:ReadLimit", "5"));
        using var topic = new TopicReader(broker, "shop.testing.v1");
        for (var round = 1; round <= 4; round++)
        {
            await replica.DoAsync(async db =>
            {
                for (var i = 1; i <= 5; i++)
                    db.Publish(new Deposited { Account = "a", Sequence = i, Ballast = ByteString.CopyFrom(new byte[1000]) });
                await db.SaveChangesAsync();
            });
            var sum = 5 * round;
            await topic.ReadUntilAsync(records => records.Count >= sum, $"{sum} records");
        }
    }

    private static async Task<string> RefusedAsync(Replica replica, IMessage message) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => replica.DoAsync(db =>
        {
            db.Publish(message);
            return Task.CompletedTask;
        }))).Message;
}
