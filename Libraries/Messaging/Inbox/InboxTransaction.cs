using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Messaging.Definition;
using Shop.Persistence.Connections;

namespace Shop.Messaging.Inbox;

/// <summary>The inbox marks of a consumer's transaction.</summary>
internal static class InboxTransaction
{
    /// <summary>
    /// Marks deliveries as seen. Returns those that were not marked before, and the consumers and keys with a parked event. One round trip.
    /// After a rebalance another member may process the same events: it waits here until the first transaction has committed or rolled back.
    /// </summary>
    public static async Task<InboxMarks> MarkAsync(this DbContext db, IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        Guid[] ids = [.. deliveries.Select(delivery => delivery.Event.Context.EventId)];
        string[] consumers = [.. deliveries.Select(delivery => delivery.Handler.Consumer)];
        string[] keys = [.. deliveries.Select(delivery => delivery.Event.Context.Key)];

        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into messaging.inbox (event_id, consumer) select * from unnest($1, $2) on conflict do nothing returning event_id, consumer")
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = ids }, new NpgsqlParameter<string[]> { TypedValue = consumers } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            select distinct consumer, key from messaging.dead_letter
            where status = 'parked' and (consumer, key) in (select * from unnest($1, $2))
            """)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = consumers }, new NpgsqlParameter<string[]> { TypedValue = keys } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancel);

        var fresh = new HashSet<(Guid, string)>();
        while (await reader.ReadAsync(cancel))
            fresh.Add((reader.GetGuid(0), reader.GetString(1)));
        await reader.NextResultAsync(cancel);
        var parked = new HashSet<(string, string)>();
        while (await reader.ReadAsync(cancel))
            parked.Add((reader.GetString(0), reader.GetString(1)));
        return new(fresh, parked);
    }
}

internal sealed record InboxMarks(HashSet<(Guid EventId, string Consumer)> Fresh, HashSet<(string Consumer, string Key)> Parked)
{
    /// <summary>True once: of two copies in one batch only the first is applied.</summary>
    public bool Take(Delivery delivery) => Fresh.Remove((delivery.Event.Context.EventId, delivery.Handler.Consumer));
}
