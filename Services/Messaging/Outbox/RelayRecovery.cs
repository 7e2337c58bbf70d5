using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Shop.Messaging.Outbox;

/// <summary>
/// The two disasters that leave outbox and broker apart: a database restored elsewhere, whose transaction ids went backwards, and a broker that lost what it had
/// acknowledged. The answer to both is to publish again everything retained; inboxes drop what was applied. So a stop and a start lose nothing, on any broker.
/// </summary>
internal sealed partial class RelayRecovery(NpgsqlDataSource source, BrokerOffsets broker, OutboxSignal signal, ILogger<RelayRecovery> logger)
{
    public async Task CheckAsync(CancellationToken cancel)
    {
        await CheckDatabaseAsync(cancel);
        await CheckBrokerAsync(cancel);
    }

    /// <summary>Compares the ends of the partitions with the highest offsets they acknowledged.</summary>
    public async Task CheckBrokerAsync(CancellationToken cancel)
    {
        var acknowledged = new Dictionary<TopicPartition, long>();
        await using (var command = source.CreateCommand("select topic, partition, acked from messaging.outbox_offset"))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                acknowledged.Add(new(reader.GetString(0), reader.GetInt32(1)), reader.GetInt64(2));
        }
        if (acknowledged.Count == 0)
            return;

        var ends = await broker.EndsAsync(acknowledged.Keys, cancel);
        var lost = acknowledged.FirstOrDefault(offset => ends[offset.Key] <= offset.Value);
        if (lost.Key is null)
            return;

        // Whoever deletes the offset first has seen the loss first, and publishes again.
        await using var claim = source.CreateCommand("delete from messaging.outbox_offset where topic = $1 and partition = $2 and acked = $3");
        claim.Parameters.Add(new() { Value = lost.Key.Topic });
        claim.Parameters.Add(new() { Value = lost.Key.Partition.Value });
        claim.Parameters.Add(new() { Value = lost.Value });
        if (await claim.ExecuteNonQueryAsync(cancel) == 0)
            return;
        LogBrokerLostData(lost.Key.Topic, lost.Key.Partition.Value, lost.Value, ends[lost.Key]);
        await RepublishAsync(default, null, cancel);
    }

    /// <summary>An acknowledgement has gone backwards while the relay ran.</summary>
    public async Task RepublishAsync(int generation, CancellationToken cancel)
    {
        if (await RepublishAsync(default, generation, cancel))
            LogBrokerBeganAnew();
    }

    /// <summary>Publishes again everything retained since <paramref name="from"/>, and what lies before it and was never published. With a generation: only if nobody else has since.</summary>
    public async Task<bool> RepublishAsync(DateTimeOffset from, int? generation, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("""
            update messaging.outbox_shard s
            set read_to = '1:1:', window_to = null, position = 0, generation = generation + 1, from_event = case
                when $1 = '00000000-0000-0000-0000-000000000000' then $1
                else least($1, coalesce((select event_id from messaging.outbox o
                    where o.shard = s.shard and o.event_id >= s.from_event and o.xact >= pg_snapshot_xmin(s.read_to) and not pg_visible_in_snapshot(o.xact, s.read_to)
                    order by event_id limit 1), $1)) end
            where $2::integer is null or generation = $2
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = from == default ? Guid.Empty : EventId.FirstOf(from) },
                new() { Value = (object?)generation ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer },
            },
        });
        batch.BatchCommands.Add(new("delete from messaging.outbox_offset where $1::integer is null or exists (select from messaging.outbox_shard where generation = $1 + 1)")
        {
            Parameters = { new() { Value = (object?)generation ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer } },
        });
        var reset = await batch.ExecuteNonQueryAsync(cancel) > 0;
        signal.Wake(OutboxSignal.All);
        return reset;
    }

    /// <summary>
    /// On another cluster than before (a dump was restored), or with transaction ids below the cursor: rows get this transaction's id, so that their ids are
    /// of this cluster's counting again and in the order of their positions, and all cursors begin anew.
    /// </summary>
    private async Task CheckDatabaseAsync(CancellationToken cancel)
    {
        const string restored = """
            (select h.system_identifier <> c.system_identifier from messaging.home h, pg_control_system() c)
            or exists (select from messaging.outbox_shard where pg_snapshot_xmin(read_to) > pg_snapshot_xmax(pg_current_snapshot()))
            """;
        await using (var ask = source.CreateCommand($"select {restored}"))
        {
            if (await ask.ExecuteScalarAsync(cancel) is not true)
                return;
        }

        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var repair = new NpgsqlCommand($"""
            lock table messaging.outbox_shard in exclusive mode;
            select {restored};
            """, connection, transaction);
        if (await repair.ExecuteScalarAsync(cancel) is not true)
            return;

        await using var renumber = new NpgsqlCommand("""
            set local transaction_timeout = 0;
            update messaging.outbox set xact = pg_current_xact_id() where xact >= pg_snapshot_xmax(pg_current_snapshot());
            update messaging.outbox_shard set read_to = '1:1:', window_to = null, position = 0,
                from_event = '00000000-0000-0000-0000-000000000000', generation = generation + 1;
            update messaging.home set system_identifier = (select system_identifier from pg_control_system());
            """, connection, transaction) { CommandTimeout = 600 };
        await renumber.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogDatabaseRestored();
    }

    [LoggerMessage(LogLevel.Warning, "The broker has lost data: {Topic}/{Partition} acknowledged offset {Acknowledged}, but ends at {End}. Everything retained is published again")]
    private partial void LogBrokerLostData(string topic, int partition, long acknowledged, long end);

    [LoggerMessage(LogLevel.Warning, "The broker has begun anew: its offsets went backwards. Everything retained is published again")]
    private partial void LogBrokerBeganAnew();

    [LoggerMessage(LogLevel.Warning, "This database was restored: its transaction ids went backwards. Everything retained is published again")]
    private partial void LogDatabaseRestored();
}
