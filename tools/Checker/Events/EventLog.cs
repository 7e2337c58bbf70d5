using Shop.Checker.Sources;

namespace Shop.Checker.Events;

/// <summary>The outboxes, the topics, the inboxes and the parked events.</summary>
/// <param name="Outbox">In the order of writing, service by service.</param>
/// <param name="Records">By topic, in the order of each partition.</param>
public sealed record EventLog(
    IReadOnlyList<OutboxEvent> Outbox, IReadOnlyDictionary<string, IReadOnlyList<TopicRecord>> Records, IReadOnlyList<Applied> Inbox, IReadOnlyList<ParkedEvent> Parked)
{
    /// <summary>Outboxes and topics are purged after a week; older events may be in one and not in the other.</summary>
    private const string Recent = "persistence.first_id(now() - interval '6 days')";

    public static async Task<EventLog> ReadAsync(ShopDocument shop, CancellationToken cancel)
    {
        var (outbox, inbox, parked) = (new List<OutboxEvent>(), new List<Applied>(), new List<ParkedEvent>());
        foreach (var (service, database) in shop.Databases)
        {
            if (!await MessagingTables.ExistAsync(database, cancel))
                continue;

            outbox.AddRange(await Rows.ReadAsync(database, $"select event_id, topic, key, type, position from messaging.outbox where event_id >= {Recent} order by position",
                row => new OutboxEvent(service, row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancel));
            inbox.AddRange(await Rows.ReadAsync(database, "select event_id, consumer from messaging.inbox",
                row => new Applied(service, row.GetString(1), row.GetGuid(0)), cancel));
            parked.AddRange(await Rows.ReadAsync(database, "select event_id, consumer, type, key, reason from messaging.dead_letter where status = 'parked'",
                row => new ParkedEvent(service, row.GetString(1), row.GetGuid(0), row.GetString(2), row.GetString(3), row.GetString(4)), cancel));
        }

        // Topics after outboxes: an event that is written meanwhile is on a topic only, and is not reported as missing.
        var records = TopicReader.Read(shop.KafkaBootstrap, [.. outbox.Select(row => row.Topic).Distinct()], cancel);
        return new(outbox, records, inbox, parked);
    }
}

public sealed record OutboxEvent(string Service, Guid Id, string Topic, string Key, string Type);

public sealed record Applied(string Service, string Consumer, Guid EventId);

public sealed record ParkedEvent(string Service, string Consumer, Guid EventId, string Type, string Key, string Reason);
