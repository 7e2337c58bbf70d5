using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Outbox;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

/// <summary>The publisher's clock is ahead of the consumer's and both databases': its ids have a future time, and a day without a partition.</summary>
public sealed class FutureEventTests(Servers servers)
{
    [Theory]
    [InlineData("00:05:00")]
    [InlineData("1.00:00:00")]
    [InlineData("3.00:00:00")]
    public async Task An_event_of_the_future_is_published_and_handled_once_and_stays_marked(string ahead)
    {
        var clock = new ShiftedClock();
        clock.Advance(TimeSpan.Parse(ahead, System.Globalization.CultureInfo.InvariantCulture));
        await using var broker = await servers.BrokerAsync();
        await using var publisher = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1"), services => services.AddSingleton<TimeProvider>(clock));
        await publisher.DoAsync(db => db.AddAccountsAsync("a"));
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var consumer = await Replica.StartAsync(database, broker.BootstrapServers, Consumer))
        {
            await consumer.DoAsync(db => db.AddAccountsAsync("a"));
            await publisher.DepositAsync("a");
            await Eventually.TrueAsync(async () => await EntriesAsync(consumer) == 1, "it is handled");
            // Retention by the ids' time.
            await consumer.QueryAsync<int>("""select persistence.drop_days('messaging.inbox', 'event_id', interval '7 days', 'false') as "Value" """);
        }

        // Another group on the same database: everything is delivered again.
        await using var again = await Replica.StartAsync(database, broker.BootstrapServers, messaging =>
        {
            Consumer(messaging);
            messaging.Named("again");
        });
        await publisher.DepositAsync("a");
        // The second copy of the first one precedes it: both have the same key.
        await Eventually.TrueAsync(async () => await again.DoAsync(db => db.Entries.AnyAsync(entry => entry.Sequence == 2)), "the next one is handled");
        Assert.Equal(2, await EntriesAsync(again));

        static void Consumer(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepBalance>();
    }

    [Fact]
    public async Task Events_of_publishers_whose_clocks_are_apart_are_all_published()
    {
        var (ahead, behind) = (new ShiftedClock(), new ShiftedClock());
        ahead.Advance(TimeSpan.FromMinutes(5));
        behind.Advance(-TimeSpan.FromMinutes(5));
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var consumer = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepBalance>());
        await consumer.DoAsync(db => db.AddAccountsAsync("a"));
        await using var first = await PublisherAsync(ahead);
        await first.DoAsync(db => db.AddAccountsAsync("a"));
        await using var second = await PublisherAsync(behind);

        for (var i = 0; i < 10; i++)
        {
            await first.DepositAsync("a");
            await second.DepositAsync("a");
        }

        await Eventually.TrueAsync(async () => await EntriesAsync(consumer) >= 20, "all are handled");
        Assert.Equal(20, await EntriesAsync(consumer));
        await Eventually.TrueAsync(async () => (await first.Services.GetRequiredService<OutboxStatistics>().ReadAsync(TestContext.Current.CancellationToken)).Backlog == 0, "nothing is left");

        Task<Replica> PublisherAsync(TimeProvider clock) => Replica.StartAsync(
            database, broker.BootstrapServers, messaging => messaging.Publishes("shop.testing.v1"), services => services.AddSingleton(clock));
    }

    private static Task<int> EntriesAsync(Replica replica) => replica.DoAsync(db => db.Entries.CountAsync());
}
