using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Messaging.Comparison;
using Shop.Messaging.Tests.V1;
using Shop.Messaging.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Comparison;

/// <summary>A publisher and a reader with a database each, and what the gateway does between them. Today is compared, as soon as asked.</summary>
internal sealed class ComparedShop : IAsyncDisposable
{
    public const string Topic = "shop.testing.v1";

    private static readonly (string, string)[] AtOnce =
        [("Messaging:Comparison:After", "00:00:00"), ("Messaging:Comparison:RepeatAfter", "00:00:00.1"), ("Messaging:Comparison:Lease", "00:00:01")];

    private readonly KafkaBroker _broker;
    private readonly string _readerDatabase;

    private ComparedShop(KafkaBroker broker, Replica publisher, string readerDatabase)
    {
        (_broker, Publisher, _readerDatabase) = (broker, publisher, readerDatabase);
        PublisherCalls = new(publisher);
    }

    public Replica Publisher { get; }

    public LocalOperations PublisherCalls { get; }

    public Replica Reader { get; private set; } = null!;

    public LocalOperations ReaderCalls { get; private set; } = null!;

    public static async Task<ComparedShop> StartAsync(Servers servers, HandlerFault? fault = null)
    {
        var broker = await servers.BrokerAsync();
        if (broker.IsReal)
            await broker.CreateTopicAsync(Topic, 4);
        var shop = await PublisherAsync(servers, broker, broker.BootstrapServers);
        await shop.StartReaderAsync(messaging => messaging.Handles<Deposited, KeepEntries>(), fault);
        return shop;
    }

    /// <summary>Without a reader yet.</summary>
    /// <param name="broker">Then the shop's, which disposes of it.</param>
    public static async Task<ComparedShop> PublisherAsync(Servers servers, KafkaBroker broker, string kafka)
    {
        var publisher = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), kafka, messaging => messaging.Publishes(Topic));
        return new(broker, publisher, await servers.Postgres.CreateDatabaseAsync());
    }

    /// <summary>Again: another version of the reader, in place of the first.</summary>
    public async Task StartReaderAsync(Action<MessagingBuilder> handles, HandlerFault? fault = null, params (string, string)[] settings)
    {
        if (Reader is not null)
            await Reader.DisposeAsync();
        Reader = await Replica.StartAsync(_readerDatabase, _broker.BootstrapServers, messaging => handles(messaging.Named("reader")),
            services => services.AddSingleton(fault ?? HandlerFault.None), [.. AtOnce, .. settings]);
        ReaderCalls = new(Reader);
    }

    /// <param name="publisher">The name under which the gateway knows the publisher.</param>
    public Task CompareAsync(string publisher = "testing") =>
        new MessageComparison(service => service == publisher ? PublisherCalls : service == "reader" ? ReaderCalls : throw new ArgumentException(service), [publisher, "reader"], NullLogger<MessageComparison>.Instance)
            .RunAsync(default);

    public Task PublishAsync(int from, int to) => Publisher.DoAsync(db =>
    {
        for (var i = from; i <= to; i++)
            db.Publish(new Deposited { Account = "a", Sequence = i });
        return db.SaveChangesAsync();
    });

    /// <summary>In the order of publication.</summary>
    public Task<List<Guid>> IdsAsync() => Publisher.QueryAsync<Guid>("select event_id as \"Value\" from messaging.outbox order by position");

    /// <summary>Behind the reader's back.</summary>
    public async Task LoseAsync(params int[] sequences)
    {
        var ids = await IdsAsync();
        foreach (var sequence in sequences)
        {
            await Reader.DoAsync(db => db.Database.ExecuteSqlAsync($"delete from entry where sequence = {sequence}"));
            Assert.Equal(1, await Reader.DoAsync(db => db.Database.ExecuteSqlAsync($"delete from messaging.inbox where event_id = {ids[sequence - 1]}")));
        }
    }

    /// <summary>Each sequence once.</summary>
    public async Task HasAsync(int count)
    {
        await Eventually.TrueAsync(async () => (await EntriesAsync()).Count >= count, $"{count} entries", TimeSpan.FromSeconds(25));
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), (await EntriesAsync()).Order());
    }

    public Task<List<long>> EntriesAsync() => Reader.DoAsync(db => db.Entries.OrderBy(entry => entry.Id).Select(entry => entry.Sequence).ToListAsync());

    /// <summary>Of today.</summary>
    public async Task<IReadOnlyList<ComparedEvents>> ResultsAsync() =>
        (await ReaderCalls.ListComparisonsAsync(new() { Day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", null) })).Results;

    public async ValueTask DisposeAsync()
    {
        if (Reader is not null)
            await Reader.DisposeAsync();
        await Publisher.DisposeAsync();
        await _broker.DisposeAsync();
    }
}
