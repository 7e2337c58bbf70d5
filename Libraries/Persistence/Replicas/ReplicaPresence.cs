using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Persistence.Replicas;

/// <summary>
/// Records this replica's presence in the database and detects dead replicas. Each replica holds an advisory lock in its listening session: the session ends with a
/// process that dies, and stays with one that is slow or paused. A live replica that lost its session has <see cref="ReplicaOptions.DeadAfter"/> to reconnect; if it
/// is declared dead, its writes are fenced off as after an expired lease.
/// </summary>
internal sealed partial class ReplicaPresence(
    NpgsqlDataSource source, ReplicaIdentity replica, IEnumerable<LeaseRelease> releases, IOptions<ReplicaOptions> options, TimeProvider clock, ILogger<ReplicaPresence> logger)
{
    private Dictionary<Guid, long> _silentSince = [];

    /// <summary>Holds the lock as long as the session lives.</summary>
    public async Task AnnounceAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var hold = Command("select persistence.hold_presence($1)", session);
        await hold.ExecuteNonQueryAsync(cancel);
        // Only with the lock held: an announced replica without the lock counts as dead.
        await using var announce = Command("""
            insert into persistence.replica (id, seen_until, announced) values ($1, now(), true)
            on conflict (id) do update set announced = true
            """, session);
        await announce.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Renews this replica's presence.</summary>
    /// <returns>The replicas whose session has ended, and whether this one is the first of those that are present.</returns>
    public async Task<(Guid[] Silent, bool IsFirst)> RenewAsync(CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new("select persistence.renew_presence($1, $2)")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = replica.Id }, new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.Presence } },
        });
        batch.BatchCommands.Add(new("select persistence.silent_replicas($1), not exists (select from persistence.replica where id < $1 and seen_until > now())")
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = replica.Id } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetFieldValue<Guid[]>(0), reader.GetBoolean(1));
    }

    /// <summary>Releases the leases of replicas that have been silent for <see cref="ReplicaOptions.DeadAfter"/>. True: there were some.</summary>
    public async Task<bool> ReleaseDeadReplicasAsync(IReadOnlyList<Guid> silent, CancellationToken cancel)
    {
        var now = clock.GetTimestamp();
        _silentSince = silent.ToDictionary(other => other, other => _silentSince.GetValueOrDefault(other, now));
        Guid[] expired = [.. _silentSince.Where(other => clock.GetElapsedTime(other.Value, now) >= options.Value.DeadAfter).Select(other => other.Key)];
        if (expired.Length == 0)
            return false;

        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var remove = new NpgsqlCommand("select persistence.remove_dead_replicas($1)", connection, transaction)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = expired } },
        };
        var dead = (Guid[])(await remove.ExecuteScalarAsync(cancel))!;
        if (dead.Length == 0)
            return false;
        foreach (var release in releases)
        {
            await using var command = new NpgsqlCommand(release.Sql, connection, transaction) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = dead } } };
            await command.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        foreach (var id in dead)
            LogDead(id);
        return true;
    }

    /// <summary>Ends the presence of a replica that stops.</summary>
    public async Task LeaveAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("delete from persistence.replica where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = replica.Id });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, NpgsqlConnection session) => new(sql, session) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = replica.Id } } };

    [LoggerMessage(LogLevel.Warning, "Replica {Replica} is dead: its leases are released")]
    private partial void LogDead(Guid replica);
}
