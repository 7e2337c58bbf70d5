using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests.Outbox;

public sealed class OrderProofTests(Servers servers)
{
    private const int Writers = 24;
    private const int Commits = 60;
    private const int Accounts = 12;

    /// <summary>Ids and commits have different orders; some transactions are long, some are rolled back; two relays share the shards.</summary>
    [Fact]
    public async Task No_event_is_missed_and_each_key_keeps_its_order()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        void Messaging(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1");
        await using var first = await Replica.StartAsync(database, broker.BootstrapServers, Messaging, null, ("Database:MaxPoolSize", "30"));
        await using var second = await Replica.StartAsync(database, broker.BootstrapServers, Messaging, null, ("Database:MaxPoolSize", "30"));
        await first.DoAsync(async db =>
        {
            db.Accounts.AddRange(Enumerable.Range(0, Accounts).Select(i => new Account { Id = $"account-{i}" }));
            await db.SaveChangesAsync();
        });

        var committed = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer % 2 == 0 ? first : second)));

        var total = committed.Sum();
        using var topic = new TopicReader(broker, "shop.testing.v1");
        await topic.ReadUntilAsync(records => records.DistinctBy(Line).Count() >= total, $"all {total} events", TimeSpan.FromSeconds(30));
        var expected = await first.DoAsync(db => db.Accounts.ToDictionaryAsync(account => account.Id, account => account.Sequence));
        Assert.Equal(total, expected.Values.Sum());
        foreach (var account in topic.Records.DistinctBy(Line).GroupBy(record => record.Message.Key))
        {
            // First occurrences without a gap: 1, 2, 3 … up to the account's sequence.
            Assert.Equal(Enumerable.Range(1, (int)expected[account.Key]).Select(i => (long)i), account.Select(record => Deposited.Parser.ParseFrom(record.Message.Value).Sequence));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{total} events, {topic.Records.Count - total} copies, shards {first.Services.GetRequiredService<ShardLeases>().Owned:b16} and {second.Services.GetRequiredService<ShardLeases>().Owned:b16}");

        static (string, long) Line(Confluent.Kafka.ConsumeResult<string, byte[]> record) => (record.Message.Key, Deposited.Parser.ParseFrom(record.Message.Value).Sequence);
    }

    private static async Task<int> WriteAsync(Replica replica)
    {
        var committed = 0;
        for (var i = 0; i < Commits; i++)
        {
            var account = $"account-{RandomNumberGenerator.GetInt32(Accounts)}";
            await replica.DoAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                // Some draw their transaction id early and commit late.
                if (RandomNumberGenerator.GetInt32(4) == 0)
                    await db.Database.ExecuteSqlAsync($"select pg_current_xact_id()");
                await PauseAsync(4);
                var row = await db.Accounts.FromSql($"select * from account where id = {account} for update").SingleAsync();
                var events = 1 + RandomNumberGenerator.GetInt32(3);
                for (var e = 0; e < events; e++)
                    db.Publish(new Deposited { Account = account, Sequence = ++row.Sequence });
                await db.SaveChangesAsync();
                await PauseAsync(RandomNumberGenerator.GetInt32(20) == 0 ? 150 : 6);
                if (RandomNumberGenerator.GetInt32(6) == 0)
                {
                    await transaction.RollbackAsync();
                    return;
                }
                await transaction.CommitAsync();
                committed += events;
            });
        }
        return committed;
    }

    // Not a wait for a condition: the random pauses produce the disorder under test.
    private static Task PauseAsync(int most) => Task.Delay(RandomNumberGenerator.GetInt32(most + 1));
}
