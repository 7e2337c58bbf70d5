using Npgsql;
using NpgsqlTypes;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Reads the outbox as the difference of two snapshots: the rows visible now that were not visible in the snapshot of the last read.
/// A transaction becomes visible between exactly two consecutive snapshots, so each row is read once and none is missed, whatever the order of ids and commits.
/// Two events of one aggregate come from transactions that its row lock serialised: no snapshot sees the second without the first, and within one read the second
/// has the higher position, drawn after the first had committed.
/// One statement has one snapshot, for its rows and for pg_current_snapshot(): it needs no explicit transaction.
/// </summary>
internal sealed class OutboxReader(NpgsqlDataSource source)
{
    /// <summary>A shard's cursor as text: equal only if it has not been advanced since.</summary>
    private const string Cursor = "concat_ws(' ', s.read_to, s.window_to, s.position)";

    // uuid_ge and not >=: from_event is nearly always the lowest id, and for >= the planner could scan the primary key over the whole day's events at every read.
    // A window with more rows than the limit is read in parts: window_to is its upper end, position the last one published.
    // All its rows are committed, so the set does not change while it is read.
    internal const string Sql = $"""
        select s.shard, s.generation, {Cursor}, coalesce(s.window_to, pg_current_snapshot())::text, s.window_to is not null,
               o.event_id, o.position, o.topic, o.key, o.type, o.traceparent, o.tracestate, o.headers::text, o.payload
        from messaging.outbox_shard s
        left join lateral (
            select * from messaging.outbox o
            where o.shard = s.shard
              and o.xact >= pg_snapshot_xmin(s.read_to)
              and not pg_visible_in_snapshot(o.xact, s.read_to)
              and (s.window_to is null or (o.position > s.position and pg_visible_in_snapshot(o.xact, s.window_to)))
              and uuid_ge(o.event_id, s.from_event)
            order by o.position
            limit $2) o on true
        -- A window without remaining rows must be closed, too.
        where s.shard = any($1) and (o.event_id is not null or s.window_to is not null)
        order by s.shard, o.position
        """;

    /// <summary>The relay has published the row <c>o</c> of the shard <c>s</c>, and has not been told to publish it again.</summary>
    internal const string IsPublished =
        "(pg_visible_in_snapshot(o.xact, s.read_to) or coalesce(o.position <= s.position and pg_visible_in_snapshot(o.xact, s.window_to), false))";

    /// <summary>The most payload bytes held in memory by one read.</summary>
    private const int MostBytes = 16_000_000;

    /// <summary>The shards that have new events. Events beyond the limits stay for the next read: such a shard is not complete, or not in the result.</summary>
    public async Task<IReadOnlyList<ShardRead>> ReadAsync(short[] shards, int limit, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = shards });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);

        var reads = new List<ShardRead>();
        List<UnpublishedEvent> events = [];
        var bytes = 0L;
        (short Shard, int Generation, string Cursor, string Target, bool WithinWindow)? head = null;
        while (bytes < MostBytes && await reader.ReadAsync(cancel))
        {
            var shard = reader.GetInt16(0);
            if (head is { } previous && previous.Shard != shard)
            {
                reads.Add(Finish(previous));
                events = [];
                head = null;
            }
            head ??= (shard, reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4));
            if (reader.IsDBNull(5))
                continue;
            events.Add(new(reader.GetGuid(5), reader.GetInt64(6), shard, reader.GetString(7), reader.GetString(8), reader.GetString(9),
                Text(10), Text(11), Text(12), reader.GetFieldValue<byte[]>(13)));
            bytes += events[^1].Payload.Length;
        }
        if (head is { } last)
            reads.Add(Finish(last));
        return reads;

        ShardRead Finish((short Shard, int Generation, string Cursor, string Target, bool WithinWindow) shard) =>
            new(shard.Shard, shard.Generation, shard.Cursor, shard.Target, shard.WithinWindow, Complete: events.Count < limit && bytes < MostBytes, events);

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>
    /// Advances the cursors after the broker's acknowledgement, and stores the acknowledged offsets. Not flushed to disk: updates lost in a database crash are published
    /// again, and consumers drop them.
    /// A cursor is advanced only if it is unchanged since the read: a relay paused for longer than its lease would otherwise set it back.
    /// </summary>
    public async Task AdvanceAsync(IReadOnlyList<ShardRead> reads, IReadOnlyCollection<(string Topic, int Partition, long Offset)> acknowledged, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new($"""
            update messaging.outbox_shard s
            set read_to    = case when d.complete then d.target::pg_snapshot else s.read_to end,
                window_to  = case when d.complete then null else d.target::pg_snapshot end,
                from_event = case when d.complete then '00000000-0000-0000-0000-000000000000' else s.from_event end,
                position   = d.position
            from unnest($1, $2, $3, $4, $5, $6) d (shard, generation, cursor, target, complete, position)
            where s.shard = d.shard and s.generation = d.generation and {Cursor} = d.cursor
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<short[]> { TypedValue = [.. reads.Select(read => read.Shard)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. reads.Select(read => read.Generation)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. reads.Select(read => read.Cursor)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. reads.Select(read => read.Target)] },
                new NpgsqlParameter<bool[]> { TypedValue = [.. reads.Select(read => read.Complete)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. reads.Select(read => read.LastPosition)] },
            },
        });
        batch.BatchCommands.Add(new("""
            insert into messaging.outbox_offset as o (topic, partition, acked)
            select t, p, a from unnest($1, $2, $3) d (t, p, a) order by t, p
            on conflict (topic, partition) do update set acked = excluded.acked where o.acked < excluded.acked
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. acknowledged.Select(ack => ack.Topic)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. acknowledged.Select(ack => ack.Partition)] },
                new NpgsqlParameter { Value = acknowledged.Select(ack => ack.Offset).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            },
        });
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
