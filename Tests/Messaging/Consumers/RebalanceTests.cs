using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Inbox;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

public sealed class RebalanceTests(Servers servers)
{
    private const int Accounts = 12;

    /// <summary>Members join and leave while events are published; each account's events are applied once and in order, whichever member has its partition.</summary>
    [Fact]
    public async Task Partitions_that_change_hands_lose_double_and_reorder_nothing()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        static void Messaging(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepBalance>();
        await using var first = await Replica.StartAsync(database, broker.BootstrapServers, Messaging);
        await first.DoAsync(db => db.AddAccountsAsync([.. Enumerable.Range(0, Accounts).Select(i => $"account-{i}")]));
        using var enough = new CancellationTokenSource();
        var deposits = DepositAsync(first, enough.Token);

        await Eventually.TrueAsync(async () => await AppliedAsync(first) > 20, "events flow");
        await using (var second = await Replica.StartAsync(database, broker.BootstrapServers, Messaging))
        {
            var lag = second.Services.GetRequiredService<ConsumerLag>();
            await Eventually.TrueAsync(() => lag.Partitions > 0, "the second member has partitions", TimeSpan.FromSeconds(40));
            var applied = await AppliedAsync(first);
            await Eventually.TrueAsync(async () => await AppliedAsync(first) > applied + 30, "events flow through both", TimeSpan.FromSeconds(40));
        }
        await enough.CancelAsync();
        var total = await deposits;

        await Eventually.TrueAsync(async () => await AppliedAsync(first) >= total, "all are applied", TimeSpan.FromSeconds(40));
        var entries = await first.DoAsync(db => db.Entries.OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(total, entries.Count);
        foreach (var account in entries.GroupBy(entry => entry.Account))
            Assert.Equal(Enumerable.Range(1, account.Count()).Select(i => (long)i), account.Select(entry => entry.Sequence));
    }

    private static async Task<int> DepositAsync(Replica replica, CancellationToken enough)
    {
        var count = 0;
        // Limits the rate.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!enough.IsCancellationRequested && await pace.WaitForNextTickAsync(CancellationToken.None))
            await replica.DepositAsync($"account-{count++ % Accounts}");
        return count;
    }

    private static Task<int> AppliedAsync(Replica replica) => replica.DoAsync(db => db.Entries.CountAsync());
}
