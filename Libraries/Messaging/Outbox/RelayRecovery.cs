using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Shop.Messaging.Events;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Recovers from states in which outbox and broker disagree: a restored database, whose transaction ids went backwards; a broker that lost acknowledged events; a
/// recreated topic. In each case all retained events are published again, and inboxes drop those applied. So a restart loses nothing, on any broker.
/// </summary>
internal sealed partial class RelayRecovery(
    NpgsqlDataSource source, BrokerLossDetection detection, TopicCreation topics, OutboxSignal signal, ILogger<RelayRecovery> logger)
{
    public async Task CheckAsync(CancellationToken cancel)
    {
        await CheckDatabaseAsync(cancel);
        await topics.CreateMissingAsync(cancel);
        await CheckBrokerAsync(cancel);
    }

    /// <summary>Checks that the broker still has the events that it acknowledged.</summary>
    public async Task CheckBrokerAsync(CancellationToken cancel)
    {
        var ids = await detection.ReadTopicIdsAsync(cancel);
        if (await detection.FindAsync(ids, cancel) is not { } loss)
            return;
        await using var claim = loss.Claim;
        if (await RepublishAsync(default, generation: null, ids, claim, cancel))
            LogBrokerLostData(loss.What);
    }

    /// <summary>Republishes after an acknowledged offset went backwards while the relay ran.</summary>
    public async Task RepublishAsync(int generation, CancellationToken cancel)
    {
        // Read first: a topic recreated afterwards is then detected by its new id.
        var ids = await detection.ReadTopicIdsAsync(cancel);
        if (await RepublishAsync(default, generation, ids, claim: null, cancel))
            LogOffsetsWentBack();
    }

    /// <summary>Publishes all retained events since <paramref name="from"/> again, and earlier ones that were never published.</summary>
    public Task RepublishAsync(DateTimeOffset from, CancellationToken cancel) => RepublishAsync(from, generation: null, new Dictionary<string, string>(), claim: null, cancel);

    /// <param name="generation">Only if the generation is still this one; null: in any case.</param>
    /// <param name="ids">The topics that it will be published to.</param>
    /// <param name="claim">Only if this command affects a row; null: in any case.</param>
    private async Task<bool> RepublishAsync(DateTimeOffset from, int? generation, IReadOnlyDictionary<string, string> ids, NpgsqlCommand? claim, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (claim is not null)
        {
            (claim.Connection, claim.Transaction) = (connection, transaction);
            if (await claim.ExecuteNonQueryAsync(cancel) == 0)
                return false;
        }
        await using var reset = new NpgsqlCommand("""
            update messaging.outbox_shard s
            set read_to = '1:1:', window_to = null, position = 0, generation = generation + 1, from_event = case
                when $1 = '00000000-0000-0000-0000-000000000000' then $1
                else least($1, coalesce((select event_id from messaging.outbox o
                    where o.shard = s.shard and o.event_id >= s.from_event and o.xact >= pg_snapshot_xmin(s.read_to) and not pg_visible_in_snapshot(o.xact, s.read_to)
                    order by event_id limit 1), $1)) end
            where $2::integer is null or generation = $2
            """, connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = from == default ? Guid.Empty : EventIds.FirstOf(from) },
                new() { Value = (object?)generation ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
            },
        };
        var changed = await reset.ExecuteNonQueryAsync(cancel) > 0;
        if (changed)
        {
            await using var delete = new NpgsqlCommand("delete from messaging.outbox_offset", connection, transaction);
            await delete.ExecuteNonQueryAsync(cancel);
            await using var store = new NpgsqlCommand("""
                insert into messaging.outbox_topic select * from unnest($1, $2) on conflict (topic) do update set topic_id = excluded.topic_id
                """, connection, transaction)
            {
                Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. ids.Keys] }, new NpgsqlParameter<string[]> { TypedValue = [.. ids.Values] } },
            };
            await store.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        signal.Wake(OutboxSignal.All);
        return changed;
    }

    /// <summary>
    /// On another cluster than before (a restored dump), or with transaction ids below the cursor: rows with ids of the old cluster get this transaction's id, so that they
    /// are valid on this cluster and keep the order of their positions. All cursors are reset.
    /// </summary>
    private async Task CheckDatabaseAsync(CancellationToken cancel)
    {
        const string restored = """
            (select h.system_identifier <> c.system_identifier from messaging.cluster_identity h, pg_control_system() c)
            or exists (select from messaging.outbox_shard where pg_snapshot_xmin(read_to) > pg_snapshot_xmax(pg_current_snapshot()))
            """;
        await using (var check = source.CreateCommand($"select {restored}"))
        {
            if (await check.ExecuteScalarAsync(cancel) is not true)
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
            update messaging.cluster_identity set system_identifier = (select system_identifier from pg_control_system());
            """, connection, transaction) { CommandTimeout = 600 };
        await renumber.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogDatabaseRestored();
    }

    [LoggerMessage(LogLevel.Warning, "The broker has lost data: {Loss}. All retained events are published again")]
    private partial void LogBrokerLostData(string loss);

    [LoggerMessage(LogLevel.Warning, "The broker has lost data: its offsets went backwards. All retained events are published again")]
    private partial void LogOffsetsWentBack();

    [LoggerMessage(LogLevel.Warning, "The database was restored: its transaction ids went backwards. All retained events are published again")]
    private partial void LogDatabaseRestored();
}
