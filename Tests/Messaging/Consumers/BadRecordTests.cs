using System.Text;
using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.DeadLetters;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

/// <summary>No record, whatever it holds, prevents the handling of later ones.</summary>
public sealed class BadRecordTests(Servers servers)
{
    private const int MaxEventBytes = 512_000;

    [Fact]
    public async Task A_bad_record_that_can_be_handled_is_handled_as_is_what_comes_behind_it()
    {
        await using var broker = await BrokerAsync();
        using var records = new RawRecords(broker);
        await using var replica = await StartAsync(broker, HandlerFault.None);

        foreach (var (partition, kind) in BadRecords.Kinds.Index())
        {
            var bad = RawRecords.Deposited($"bad: {kind.Name}");
            kind.Spoil(bad);
            await records.SendAsync(partition % 3, bad);
            await records.SendAsync(partition % 3, RawRecords.Deposited($"behind: {kind.Name}"));
        }

        await EntriesAreAsync(replica, BadRecords.Kinds.SelectMany(kind => new[] { $"bad: {kind.Name}", $"behind: {kind.Name}" }));
        Assert.Empty(await LettersAsync(replica));
    }

    [Fact]
    public async Task A_bad_record_that_fails_is_parked_whole_and_can_be_replayed_or_discarded()
    {
        await using var broker = await BrokerAsync();
        using var records = new RawRecords(broker);
        var fault = new HandlerFault(@event => @event.Account.StartsWith("bad", StringComparison.Ordinal), _ => new InvalidOperationException("half a pair \ud800, a NUL \0, and so on"));
        await using var replica = await StartAsync(broker, fault);
        var sent = new Dictionary<string, byte[]>();

        foreach (var (i, kind) in BadRecords.Kinds.Index())
        {
            var bad = RawRecords.Deposited($"bad: {kind.Name}");
            kind.Spoil(bad);
            sent[kind.Name] = bad.Value;
            await records.SendAsync(i % 3, bad);
            await records.SendAsync(i % 3, RawRecords.Deposited($"behind: {kind.Name}"));
        }
        var unreadable = RawRecords.Deposited("unreadable");
        unreadable.Value = [0xff, 0xff, 0xff];
        await records.SendAsync(0, unreadable);
        await records.SendAsync(0, RawRecords.Deposited("behind the unreadable"));

        await EntriesAreAsync(replica, [.. BadRecords.Kinds.Select(kind => $"behind: {kind.Name}"), "behind the unreadable"]);
        var letters = await LettersAsync(replica);
        Assert.Equal(BadRecords.Kinds.Count + 1, letters.Count);
        Assert.Equal(1, letters.Single(letter => letter.Key == "unreadable").Attempts);
        await CopiesAreCutAsync(broker, letters.Count);

        fault.IsOver = true;
        var deadLetters = replica.Services.GetRequiredService<DeadLetterOperations>();
        foreach (var letter in letters)
        {
            var result = await deadLetters.ReplayAsync(letter.Id, "test", default);
            if (letter.Key == "unreadable")
                Assert.Equal((0, letter.Id), (result.Replayed, result.FailedId));
            else
                Assert.Equal((1, null), (result.Replayed, result.Error));
        }
        Assert.True(await deadLetters.DiscardAsync(letters.Single(letter => letter.Key == "unreadable").Id, "no message", "test", default));
        await EntriesAreAsync(replica, [.. BadRecords.Kinds.SelectMany(kind => new[] { $"bad: {kind.Name}", $"behind: {kind.Name}" }), "behind the unreadable"]);
        Assert.Empty(await LettersAsync(replica));
        var kept = await replica.QueryAsync<int>("select length(payload) as \"Value\" from messaging.dead_letter where key <> 'unreadable'");
        Assert.Equal(sent.Values.Select(payload => payload.Length).Order(), kept.Order());
    }

    [Fact]
    public async Task A_key_too_long_for_the_index_keeps_its_order_and_another_with_the_same_beginning_does_not_wait()
    {
        await using var broker = await BrokerAsync();
        using var records = new RawRecords(broker);
        var fault = new HandlerFault(@event => @event is { Account: "one", Sequence: 1 }, _ => new InvalidOperationException("no"));
        await using var replica = await StartAsync(broker, fault);
        Message<byte[], byte[]> Long(string account, long sequence)
        {
            var message = RawRecords.Deposited(account, sequence);
            message.Key = [.. BadRecords.Noise(8000), .. Encoding.UTF8.GetBytes(account)];
            return message;
        }

        foreach (var message in new[] { Long("one", 1), Long("one", 2), Long("two", 1), Long("one", 3), Long("two", 2) })
            await records.SendAsync(0, message);

        await Eventually.TrueAsync(async () => (await SequenceAsync(replica, "two")).Count == 2 && (await LettersAsync(replica)).Count == 3, "two flows, one is parked");
        fault.IsOver = true;
        Assert.Equal(3, (await replica.Services.GetRequiredService<DeadLetterOperations>().ReplayAsync((await LettersAsync(replica))[0].Id, "test", default)).Replayed);
        Assert.Equal([1, 2, 3], await SequenceAsync(replica, "one"));
    }

    [Fact]
    public async Task An_event_that_was_parked_is_known_also_when_its_inbox_mark_is_gone()
    {
        await using var broker = await BrokerAsync();
        using var records = new RawRecords(broker);
        await using var replica = await StartAsync(broker, new HandlerFault(@event => @event.Account == "bad", _ => new InvalidOperationException("no")));
        var bad = RawRecords.Deposited("bad");
        await records.SendAsync(0, bad);
        await Eventually.TrueAsync(async () => (await LettersAsync(replica)).Count == 1, "parked");

        await replica.DoAsync(db => db.Database.ExecuteSqlRawAsync("delete from messaging.inbox; update messaging.dead_letter set status = 'discarded'"));
        await records.SendAsync(0, bad);
        await records.SendAsync(0, RawRecords.Deposited("behind"));

        await EntriesAreAsync(replica, ["behind"]);
    }

    private static async Task CopiesAreCutAsync(KafkaBroker broker, int count)
    {
        using var dead = new TopicReader(broker, RawRecords.Topic + ".dead");
        await dead.ReadUntilAsync(records => records.Count == count, "the dead-letter topic has them", TimeSpan.FromSeconds(30));
        var cut = dead.Records.Where(record => record.Message.Headers.TryGetLastBytes("dead_payload_cut", out _)).ToList();
        Assert.Equal(2, cut.Count);
        Assert.All(cut, record => Assert.Equal(MaxEventBytes, record.Message.Value.Length));
    }

    private async Task<KafkaBroker> BrokerAsync()
    {
        var broker = await servers.BrokerAsync();
        if (broker.IsReal)
            await broker.CreateTopicAsync(RawRecords.Topic, 4);
        return broker;
    }

    private async Task<Replica> StartAsync(KafkaBroker broker, HandlerFault fault) => await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
        messaging => messaging.Publishes(RawRecords.Topic).Handles<Deposited, KeepEntries>(), services => services.AddSingleton(fault),
        ("Messaging:Consumer:FirstRetry", "00:00:00.020"), ("Messaging:Consumer:LongestRetry", "00:00:00.2"));

    private static async Task EntriesAreAsync(Replica replica, IEnumerable<string> accounts)
    {
        var missing = accounts.ToHashSet();
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                missing.ExceptWith(await replica.DoAsync(db => db.Entries.Select(entry => entry.Account).ToListAsync()));
                return missing.Count == 0;
            }, "all handled", TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Not handled: {string.Join("; ", missing)}");
        }
    }

    private static Task<List<long>> SequenceAsync(Replica replica, string account) =>
        replica.DoAsync(db => db.Entries.Where(e => e.Account == account).OrderBy(e => e.Id).Select(e => e.Sequence).ToListAsync());

    private static Task<IReadOnlyList<DeadLetter>> LettersAsync(Replica replica) => replica.Services.GetRequiredService<DeadLetterOperations>().ListAsync(new(), null, 50, default);
}
