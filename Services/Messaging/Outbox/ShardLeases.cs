using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Messaging.Outbox;

/// <summary>Which shards this replica reads. Leases save work, they do not guard correctness: two owners publish in order, and consumers drop the second copy.</summary>
internal sealed class ShardLeases(NpgsqlDataSource source, MessagingDefinition definition, IOptions<OutboxOptions> options)
{
    private int _owned;

    /// <summary>One bit each.</summary>
    public int Owned => Volatile.Read(ref _owned);

    /// <summary>Renews presence and leases and takes this replica's fair share. Returns the shards that are new.</summary>
    public async Task<int> RenewAsync(CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new("select messaging.lease_shards($1, $2)")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = definition.Replica }, new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.Lease } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        var owned = reader.GetFieldValue<short[]>(0).Aggregate(0, (bits, shard) => bits | 1 << shard);
        return owned & ~Interlocked.Exchange(ref _owned, owned);
    }

    /// <summary>A replica that stops leaves its shards to the others at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        Volatile.Write(ref _owned, 0);
        await using var command = source.CreateCommand("""
            with gone as (delete from messaging.replica where id = $1)
            update messaging.outbox_shard set owner = null, lease_until = now() where owner = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = definition.Replica });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
