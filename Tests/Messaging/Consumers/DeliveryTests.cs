using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.DeadLetters;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

public sealed class DeliveryTests(Servers servers)
{
    [Fact]
    public async Task What_is_delivered_twice_is_applied_once()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        static void Messaging(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepBalance>();
        await using (var first = await Replica.StartAsync(database, broker.BootstrapServers, Messaging))
        {
            await first.DoAsync(db => db.AddAccountsAsync("a"));
            for (var i = 0; i < 20; i++)
                await first.DepositAsync("a");
            await Eventually.TrueAsync(async () => await BalanceAsync(first) == 20, "all applied");
        }

        // Another group on the same database has no committed offsets.
        await using var again = await Replica.StartAsync(database, broker.BootstrapServers, messaging =>
        {
            Messaging(messaging);
            messaging.Named("again");
        });
        await again.DepositAsync("a");
        await Eventually.TrueAsync(async () => await BalanceAsync(again) >= 21, "the last one applied");
        Assert.Equal(21, await BalanceAsync(again));
        Assert.Equal(21, await again.DoAsync(db => db.Entries.CountAsync()));
    }

    [Fact]
    public async Task A_passing_failure_keeps_the_order()
    {
        await using var broker = await servers.BrokerAsync();
        var fault = new HandlerFault(@event => @event.Sequence == 5, attempts => attempts <= 4 ? new TimeoutException("the upstream is unavailable") : null);
        await using var replica = await StartAsync(broker, fault);
        await PublishAsync(replica, "a", 1, 20);

        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Entries.CountAsync()) >= 20, "20 entries");
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), await SequenceAsync(replica, "a"));
        Assert.Empty(await LettersAsync(replica));
        Assert.True(fault.Attempts > 3, "more attempts than a poisonous event gets");
    }

    [Fact]
    public async Task A_poisonous_event_is_parked_with_those_behind_it_and_other_keys_flow()
    {
        await using var broker = await servers.BrokerAsync();
        var fault = new HandlerFault(@event => @event is { Account: "a", Sequence: 3 }, _ => new FormatException("cannot read this"));
        await using var replica = await StartAsync(broker, fault);
        await PublishAsync(replica, "a", 1, 6);
        await PublishAsync(replica, "b", 1, 6);

        await Eventually.TrueAsync(async () => (await LettersAsync(replica)).Count == 4 && (await SequenceAsync(replica, "b")).Count == 6, "four parked, b flows");
        Assert.Equal([1, 2], await SequenceAsync(replica, "a"));
        var letters = await LettersAsync(replica);
        Assert.All(letters, letter => Assert.Equal((nameof(KeepEntries), "a", "parked"), (letter.Consumer, letter.Key, letter.Status)));
        Assert.Equal("FormatException: cannot read this", letters[^1].Reason);
        Assert.Equal(3, letters[^1].Attempts);
        Assert.Contains(nameof(HandlerFault), letters[^1].Stack);
        Assert.Equal("an earlier event of the same key is parked", letters[0].Reason);

        using var dead = new TopicReader(broker, "shop.testing.v1.dead");
        await dead.ReadUntilAsync(records => records.Count == 4, "the dead-letter topic has them");
        Assert.All(dead.Records, record => Assert.Equal("a", record.Message.Key));

        // Still failing: nothing is replayed. Repaired: all are replayed in order in one transaction, and later events are handled again.
        var deadLetters = replica.Services.GetRequiredService<DeadLetterOperations>();
        var failed = await deadLetters.ReplayAsync(letters[^1].Id, "test", default);
        Assert.Equal((0, letters[^1].Id, "cannot read this"), (failed.Replayed, failed.FailedId, failed.Error));
        fault.IsOver = true;
        Assert.Equal(4, (await deadLetters.ReplayAsync(letters[0].Id, "test", default)).Replayed);
        await PublishAsync(replica, "a", 7, 8);
        await Eventually.TrueAsync(async () => (await SequenceAsync(replica, "a")).Count == 8, "eight entries");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], await SequenceAsync(replica, "a"));
        Assert.Empty(await LettersAsync(replica));
        Assert.Equal(4, (await deadLetters.ListAsync(new() { AlsoResolved = true }, null, 10, default)).Count(letter => letter is { Status: "replayed", ResolvedBy: "test" }));
    }

    [Fact]
    public async Task Discarding_the_poison_lets_the_others_be_replayed()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await StartAsync(broker, new HandlerFault(@event => @event.Sequence == 1, _ => new FormatException("no")));
        await PublishAsync(replica, "a", 1, 3);
        await Eventually.TrueAsync(async () => (await LettersAsync(replica)).Count == 3, "three parked");
        var letters = await LettersAsync(replica);
        var deadLetters = replica.Services.GetRequiredService<DeadLetterOperations>();

        await Assert.ThrowsAsync<ArgumentException>(() => deadLetters.DiscardAsync(letters[^1].Id, " ", "test", default));
        Assert.True(await deadLetters.DiscardAsync(letters[^1].Id, "made by a test", "test", default));
        Assert.False(await deadLetters.DiscardAsync(letters[^1].Id, "again", "test", default));
        Assert.Equal(2, (await deadLetters.ReplayAsync(letters[0].Id, "test", default)).Replayed);

        Assert.Equal([2, 3], await SequenceAsync(replica, "a"));
        Assert.Equal("made by a test", (await deadLetters.FindAsync(letters[^1].Id, default))!.Resolution);
    }

    [Fact]
    public async Task All_that_is_parked_is_replayed_in_the_background_key_by_key_and_one_that_fails_keeps_no_other()
    {
        await using var broker = await servers.BrokerAsync();
        var fault = new HandlerFault(_ => true, _ => new FormatException("no"));
        await using var replica = await StartAsync(broker, fault);
        await PublishAsync(replica, "a", 1, 3);
        await PublishAsync(replica, "b", 1, 2);
        await Eventually.TrueAsync(async () => (await LettersAsync(replica)).Count == 5, "all are parked");
        var deadLetters = replica.Services.GetRequiredService<DeadLetterOperations>();

        var attempts = fault.Attempts;
        Assert.Equal(5, await deadLetters.RequestReplayAsync(null, null, "test", default));
        await Eventually.TrueAsync(() => fault.Attempts == attempts + 2, "each key was tried once");
        Assert.Equal(5, (await LettersAsync(replica)).Count);

        fault.IsOver = true;
        Assert.Equal(0, await deadLetters.RequestReplayAsync("somebody", null, "test", default));
        Assert.Equal(2, await deadLetters.RequestReplayAsync(nameof(KeepEntries), "b", "test", default));
        await Eventually.TrueAsync(async () => (await LettersAsync(replica)).All(letter => letter.Key == "a"), "b is handled");
        Assert.Equal(3, await deadLetters.RequestReplayAsync(null, null, "test", default));
        await Eventually.TrueAsync(async () => (await LettersAsync(replica)).Count == 0, "a is handled");
        Assert.Equal([1, 2, 3], await SequenceAsync(replica, "a"));
        Assert.Equal([1, 2], await SequenceAsync(replica, "b"));
    }

    [Fact]
    public async Task A_replay_that_was_requested_survives_the_process()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using (var first = await StartAsync(broker, new HandlerFault(_ => true, _ => new FormatException("no")), database))
        {
            await PublishAsync(first, "a", 1, 2);
            await Eventually.TrueAsync(async () => (await LettersAsync(first)).Count == 2, "both are parked");
            await first.StopAsync();
            // As a replica leaves it that dies right after it has accepted the request.
            await first.DoAsync(db => db.Database.ExecuteSqlAsync($"update messaging.dead_letter set replay_requested_at = now(), replay_requested_by = 'test'"));
        }

        await using var second = await StartAsync(broker, HandlerFault.None, database);
        await Eventually.TrueAsync(async () => (await LettersAsync(second)).Count == 0, "both are replayed");
        Assert.Equal([1, 2], await SequenceAsync(second, "a"));
    }

    [Fact]
    public async Task Poison_for_one_handler_is_none_for_another()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>().Handles<Deposited, KeepBalance>(),
            services => services.AddSingleton(new HandlerFault(_ => true, _ => new FormatException("no"))));
        await replica.DoAsync(db => db.AddAccountsAsync("a"));
        await PublishAsync(replica, "a", 1, 3);

        await Eventually.TrueAsync(async () => await BalanceAsync(replica) == 3 && (await LettersAsync(replica)).Count == 3, "one is handled, the other is parked");
        Assert.All(await LettersAsync(replica), letter => Assert.Equal(nameof(KeepEntries), letter.Consumer));
    }

    [Fact]
    public async Task An_unknown_event_is_passed_over()
    {
        await using var broker = await servers.BrokerAsync();
        await using var replica = await StartAsync(broker, HandlerFault.None);
        await replica.DoAsync(db =>
        {
            db.Publish(new Renamed { Account = "a" });
            db.Publish(new Deposited { Account = "a", Sequence = 1 });
            return db.SaveChangesAsync();
        });

        await Eventually.TrueAsync(async () => (await SequenceAsync(replica, "a")).Count == 1, "the known one is handled");
        Assert.Empty(await LettersAsync(replica));
    }

    [Fact]
    public async Task A_database_that_becomes_unavailable_only_delays()
    {
        await using var broker = await servers.BrokerAsync();
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var replica = await Replica.StartAsync(database, broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepBalance>());
        await replica.DoAsync(db => db.AddAccountsAsync("a", "b", "c"));
        for (var i = 0; i < 60; i++)
        {
            if (i % 20 == 10)
                await servers.Postgres.DisconnectAsync(database);
            await replica.DepositAsync("abc"[i % 3].ToString());
        }

        await Eventually.TrueAsync(async () => await replica.DoAsync(db => db.Accounts.SumAsync(a => a.Balance)) >= 60, "all applied", TimeSpan.FromSeconds(30));
        Assert.Equal(60, await replica.DoAsync(db => db.Entries.CountAsync()));
        foreach (var account in (string[])["a", "b", "c"])
            Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), await SequenceAsync(replica, account));
    }

    private async Task<Replica> StartAsync(KafkaBroker broker, HandlerFault fault, string? database = null) => await Replica.StartAsync(
        database ?? await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
        messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>(), services => services.AddSingleton(fault),
        ("Messaging:Consumer:FirstRetry", "00:00:00.020"), ("Messaging:Consumer:LongestRetry", "00:00:00.2"));

    private static Task PublishAsync(Replica replica, string account, int from, int to) => replica.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = account, Sequence = i, Amount = 1 });
        return db.SaveChangesAsync();
    });

    private static Task<List<long>> SequenceAsync(Replica replica, string account) =>
        replica.DoAsync(db => db.Entries.Where(e => e.Account == account).OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());

    private static Task<long> BalanceAsync(Replica replica) => replica.DoAsync(db => db.Accounts.Select(a => a.Balance).SingleAsync());

    private static Task<IReadOnlyList<DeadLetter>> LettersAsync(Replica replica) => replica.Services.GetRequiredService<DeadLetterOperations>().ListAsync(new(), null, 50, default);
}
