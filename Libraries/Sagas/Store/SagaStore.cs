using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Persistence.Replicas;
using Shop.Sagas.Definition;

namespace Shop.Sagas.Store;

/// <summary>The engine's queries on the saga tables. All times are the database's.</summary>
internal sealed class SagaStore(NpgsqlDataSource source, ReplicaIdentity replica, SagaCatalog catalog, IOptions<SagaOptions> options, TimeProvider clock)
{
    // Rows and log entries of any number of sagas in one statement: one commit for all.
    private const string WriteSql = """
        with progress as (
            select * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) as p (id, version, next_version, state, next, status, reason, attempts, retry_after)
        ), written as (
            update sagas.saga s
            set version = p.next_version, state = p.state::jsonb, step = p.next, status = p.status, reason = p.reason, attempts = p.attempts,
                ended_at = case when p.status in ('completed', 'compensated') then now() end,
                due_at = case when p.retry_after is null then s.due_at else now() + p.retry_after end,
                lease_owner = case when p.retry_after is null and p.status in ('running', 'compensating') then s.lease_owner end,
                lease_until = case when p.retry_after is null then now() + $1 else now() end
            from progress p
            where s.id = p.id and s.version = p.version
            returning s.id, p.version
        ), logged as (
            insert into sagas.saga_log (saga_id, seq, step, undo, attempt, outcome, error, started_at, duration, trace_id)
            select l.id, l.seq, l.step, l.undo, l.attempt, l.outcome, l.error, clock_timestamp() - l.age, l.duration, l.trace_id
            from unnest($11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) as l (id, version, seq, step, undo, attempt, outcome, error, age, duration, trace_id)
            join written w on w.id = l.id and w.version = l.version
        )
        select id, version from written
        """;

    // A run that releases a saga clears the owner: an owner that is still set means that the run was interrupted, and the saga is in doubt.
    private const string ClaimSql = """
        update sagas.saga s
        set lease_owner = $1, lease_until = now() + $2, version = version + 1, in_doubt = s.in_doubt or due.lease_owner is not null
        from (select id, lease_owner from sagas.saga
              where ended_at is null and due_at <= now() and lease_until <= now() and type = any($3)
              order by due_at limit $4 for update skip locked) due
        where s.id = due.id
        returning s.id, s.type, s.version, s.state::text, s.step, s.status = 'compensating', s.in_doubt, s.reason, s.attempts,
                  s.started_at + s.within - now(), s.traceparent, s.tracestate
        """;

    // Uses the index of unfinished sagas.
    private const string NextDueSql = """
        select min(greatest(due_at, lease_until)) - now() from sagas.saga
        where ended_at is null and type = any($1) and (lease_owner is distinct from $2 or lease_until <= now())
        """;

    /// <summary>Claims due sagas without a valid lease.</summary>
    public async Task<IReadOnlyList<SagaClaim>> ClaimAsync(int limit, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(ClaimSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = replica.Id });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.Lease });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = catalog.Names });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var now = clock.GetTimestamp();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var claims = new List<SagaClaim>();
        while (await reader.ReadAsync(cancel))
        {
            claims.Add(new()
            {
                Id = reader.GetGuid(0),
                Type = reader.GetString(1),
                Version = reader.GetInt64(2),
                State = reader.GetString(3),
                Step = Text(4),
                IsCompensating = reader.GetBoolean(5),
                InDoubt = reader.GetBoolean(6),
                Reason = Text(7),
                Attempts = reader.GetInt32(8),
                TimeLeft = reader.GetFieldValue<TimeSpan>(9),
                ClaimedAt = now,
                TraceParent = Text(10),
                TraceState = Text(11),
            });
        }
        return claims;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>The time until the next saga that this replica is not running becomes due; null: there is none.</summary>
    public async Task<TimeSpan?> NextDueAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(NextDueSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = catalog.Names });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = replica.Id });
        return await command.ExecuteScalarAsync(cancel) as TimeSpan?;
    }

    /// <summary>
    /// Writes progress of several sagas in one commit. Returns what was written, by saga id and replaced version; the other sagas were taken over by other runs.
    /// With the id alone, a run whose lease has ended could mistake the write of its successor, in the same batch, for its own.
    /// </summary>
    public async Task<HashSet<(Guid Id, long Version)>> WriteAsync(IReadOnlyList<SagaProgress> progress, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(WriteSql);
        Fill(command.Parameters, progress);
        return await ReadWrittenAsync(command, cancel);
    }

    /// <summary>The same within the transaction of the step's own changes.</summary>
    public async Task<bool> WriteAsync(SagaProgress progress, NpgsqlConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(WriteSql, connection, (NpgsqlTransaction)transaction);
        Fill(command.Parameters, [progress]);
        return (await ReadWrittenAsync(command, cancel)).Count == 1;
    }

    /// <summary>Releases the sagas that a stopping replica has interrupted: due at once, and in doubt, because the owner stays set.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            update sagas.saga set lease_until = now(), version = version + 1
            where ended_at is null and lease_owner = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = replica.Id });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<SagaProgress> progress)
    {
        parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.Lease });
        Rows(p => p.Id);
        Rows(p => p.Version);
        Rows(p => p.NextVersion);
        Rows(p => p.State);
        Rows(p => p.Next);
        Rows(p => SagaStatusNames.Of(p.Status));
        Rows(p => p.Reason);
        Rows(p => p.Attempts);
        Rows(p => p.RetryAfter);

        var entries = progress.SelectMany(p => p.Entries.Select((entry, i) => (Saga: p.Id, p.Version, Sequence: p.Version + 1 + i, Entry: entry))).ToList();
        Entries(l => l.Saga);
        Entries(l => l.Version);
        Entries(l => l.Sequence);
        Entries(l => l.Entry.Step);
        Entries(l => l.Entry.IsUndo);
        Entries(l => l.Entry.Attempt);
        Entries(l => l.Entry.Outcome);
        Entries(l => l.Entry.Error);
        Entries(l => clock.GetElapsedTime(l.Entry.EndedAt) + l.Entry.Duration);
        Entries(l => l.Entry.Duration);
        Entries(l => l.Entry.TraceId);

        void Rows<T>(Func<SagaProgress, T> value) => parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. progress.Select(value)] });

        void Entries<T>(Func<(Guid Saga, long Version, long Sequence, SagaLogEntry Entry), T> value) => parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. entries.Select(value)] });
    }

    private static async Task<HashSet<(Guid Id, long Version)>> ReadWrittenAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var written = new HashSet<(Guid, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            written.Add((reader.GetGuid(0), reader.GetInt64(1)));
        return written;
    }
}
