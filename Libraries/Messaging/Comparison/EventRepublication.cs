using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Messaging.Outbox;
using Shop.Messaging.V1;
using Shop.ServiceDefaults.Validation;

namespace Shop.Messaging.Comparison;

/// <summary>
/// Publishes single events again, with their ids. A row gets the id of this transaction: so it becomes visible anew between two snapshots, and the relay reads and
/// publishes it like one that was just committed, in the order of its position, and again after a crash.
/// </summary>
internal sealed partial class EventRepublication(NpgsqlDataSource source, OutboxSignals signals, OutboxSignal own, ILogger<EventRepublication> logger)
{
    // No cursor changes until the commit.
    private const string LockSql = "lock table messaging.outbox_shard in share mode";

    // Only what is published already: a row that the relay has yet to publish would leave its place, and follow later events of its key. A row below from_event would not
    // be read.
    private const string MarkSql = $"""
        with again as (
            update messaging.outbox o set xact = pg_current_xact_id() from messaging.outbox_shard s
            where o.shard = s.shard and o.event_id = any($1) and {OutboxReader.IsPublished} and uuid_ge(o.event_id, s.from_event)
            returning o.shard)
        select count(*)::integer, coalesce(bit_or(1 << shard), 0) from again
        """;

    public async Task<RepublishEventsResponse> HandleAsync(RepublishEventsRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var ids = ComparedIds.Read(check, request.EventIds);
        check.ThrowIfAny();

        var (count, shards) = await MarkAsync(ids, cancel);
        LogRepublished(count, ids.Length, ids[0]);
        own.Wake(shards);
        await signals.SendShardsAsync(shards, cancel);
        return new() { Count = count };
    }

    private async Task<(int Count, int Shards)> MarkAsync(Guid[] ids, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var hold = new NpgsqlCommand(LockSql, connection, transaction))
            await hold.ExecuteNonQueryAsync(cancel);
        var marked = (0, 0);
        await using (var mark = new NpgsqlCommand(MarkSql, connection, transaction) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = ids } } })
        await using (var reader = await mark.ExecuteReaderAsync(cancel))
        {
            if (await reader.ReadAsync(cancel))
                marked = (reader.GetInt32(0), reader.GetInt32(1));
        }
        await transaction.CommitAsync(cancel);
        return marked;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} of {Requested} events that a consumer has missed are published again, the first is {EventId}")]
    private partial void LogRepublished(int count, int requested, Guid eventId);
}
