using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Persistence.Replicas;

namespace Shop.Messaging.Outbox;

/// <summary>The shards that this replica reads. Leases avoid duplicate work; correctness does not depend on them: two owners both publish in order, and consumers drop the second copy.</summary>
internal sealed class ShardLeases(NpgsqlDataSource source, ReplicaIdentity replica, IOptions<OutboxOptions> options)
{
    // In index order, not just "exists": for "exists" the planner expects an early match in any scan, and reads the whole day if there is none.
    internal const string UnreadSql = """
        select array(select s.shard from messaging.outbox_shard s
            where s.owner = $1 and (s.window_to is not null or (
                select true from messaging.outbox o
                where o.shard = s.shard and o.xact >= pg_snapshot_xmin(s.read_to) and not pg_visible_in_snapshot(o.xact, s.read_to)
                  and uuid_ge(o.event_id, s.from_event)
                order by o.xact limit 1)))
        """;

    private int _owned;

    /// <summary>One bit each.</summary>
    public int Owned => Volatile.Read(ref _owned);

    /// <summary>Renews the leases, takes this replica's fair share, and queries its shards for unread events.</summary>
    /// <returns>The shards that are new or have unread events, one bit each.</returns>
    public async Task<int> RenewAsync(CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new("select messaging.lease_shards($1, $2)")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = replica.Id }, new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.Lease } },
        });
        batch.BatchCommands.Add(new(UnreadSql)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = replica.Id } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var owned = await BitsAsync(reader, cancel);
        await reader.NextResultAsync(cancel);
        var unread = await BitsAsync(reader, cancel);
        return owned & ~Interlocked.Exchange(ref _owned, owned) | unread;
    }

    private static async Task<int> BitsAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        await reader.ReadAsync(cancel);
        return reader.GetFieldValue<short[]>(0).Aggregate(0, (bits, shard) => bits | 1 << shard);
    }

    /// <summary>Releases the leases when the replica stops.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        Volatile.Write(ref _owned, 0);
        await using var command = source.CreateCommand("update messaging.outbox_shard set owner = null, lease_until = now() where owner = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = replica.Id });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
