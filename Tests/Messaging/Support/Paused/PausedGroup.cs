using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Definition;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Support.Paused;

/// <summary>A consumer group whose only member, of one partition with three events, is a <see cref="PausedMember"/>.</summary>
internal sealed class PausedGroup : IAsyncDisposable
{
    private readonly KafkaBroker _broker;
    private readonly string _database;
    private readonly RawRecords _records;

    private PausedGroup(KafkaBroker broker, string database, RawRecords records, Replica watcher, ServerProcess stale)
    {
        (_broker, _database, _records, Watcher, Stale) = (broker, database, records, watcher, stale);
        Offsets = new(broker, watcher.Services.GetRequiredService<MessagingDefinition>().Service, new(RawRecords.Topic, 0));
    }

    /// <summary>No member of the group: it only queries.</summary>
    public Replica Watcher { get; }

    public ServerProcess Stale { get; }

    public CommittedOffsets Offsets { get; }

    /// <summary>Takes ownership of the broker.</summary>
    public static async Task<PausedGroup> StartAsync(KafkaBroker broker, string database, string transactionTimeout)
    {
        if (broker.IsReal)
            await broker.CreateTopicAsync(RawRecords.Topic, 1);
        var watcher = await Replica.StartAsync(database, broker.BootstrapServers, _ => { });
        var records = new RawRecords(broker);
        await SendAsync(records, 1, 3);
        return new(broker, database, records, watcher, await PausedProcess.StartAsync(database, broker.BootstrapServers, $"member {transactionTimeout}", until: "in the handler"));
    }

    public Task SendAsync(long from, long to) => SendAsync(_records, from, to);

    /// <summary>Pauses the member's process meanwhile.</summary>
    public async Task<T> PauseAsync<T>(Func<Task<T>> meanwhile)
    {
        using (new Frozen([Stale.Id]))
            return await meanwhile();
    }

    public Task<Replica> StartSuccessorAsync() => Replica.StartAsync(_database, _broker.BootstrapServers, messaging => messaging.Handles<Deposited, KeepEntries>(), null, PausedMember.Settings);

    public async ValueTask DisposeAsync()
    {
        await Offsets.DisposeAsync();
        await Stale.EndAsync();
        await Watcher.DisposeAsync();
        _records.Dispose();
        await _broker.DisposeAsync();
    }

    private static async Task SendAsync(RawRecords records, long from, long to)
    {
        for (var sequence = from; sequence <= to; sequence++)
            await records.SendAsync(0, RawRecords.Deposited("a", sequence));
    }
}
