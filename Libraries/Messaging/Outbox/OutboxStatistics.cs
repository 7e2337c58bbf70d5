using Npgsql;
using Shop.Messaging.Events;

namespace Shop.Messaging.Outbox;

/// <summary>Reads the backlog of the outbox and its age.</summary>
internal sealed class OutboxStatistics(NpgsqlDataSource source, TimeProvider clock)
{
    public async Task<OutboxStatus> ReadAsync(CancellationToken cancel)
    {
        // The id gives the age. The count stops at 100,000 a shard, to bound the query.
        await using var command = source.CreateCommand("""
            select s.shard, o.count, o.first, (select coalesce(max(now() - xact_start), interval '0') from pg_stat_activity where datname = current_database() and backend_xid is not null)
            from messaging.outbox_shard s
            cross join lateral (
                select count(*), min(event_id::text)::uuid as first from (
                    select o.event_id from messaging.outbox o
                    where o.shard = s.shard and o.xact >= pg_snapshot_xmin(s.read_to) and not pg_visible_in_snapshot(o.xact, s.read_to)
                      and (s.window_to is null or o.position > s.position or not pg_visible_in_snapshot(o.xact, s.window_to))
                      and uuid_ge(o.event_id, s.from_event)
                    limit 100000) unread) o
            order by s.shard
            """);
        var now = clock.GetUtcNow();
        var shards = new List<ShardStatus>();
        var horizon = TimeSpan.Zero;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var age = reader.IsDBNull(2) ? TimeSpan.Zero : now - EventIds.TimeOf(reader.GetGuid(2));
            shards.Add(new(reader.GetInt16(0), reader.GetInt64(1), age > TimeSpan.Zero ? age : TimeSpan.Zero));
            horizon = reader.GetFieldValue<TimeSpan>(3);
        }
        return new(shards.Sum(shard => shard.Backlog), shards.Max(shard => shard.Age), horizon, shards);
    }
}
