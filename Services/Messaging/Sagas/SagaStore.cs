using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Messaging.SagaEngine;

/// <summary>The saga table as the engine writes it. All times are the database's.</summary>
internal sealed class SagaStore(NpgsqlDataSource source, MessagingDefinition definition, SagaCatalog catalog, IOptions<SagaOptions> options, TimeProvider clock)
{
    // Row and log line in one statement, for as many sagas as there are: one commit for all.
    private const string WriteSql = """
        with progress as (
            select * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
                as p (id, version, state, next, status, reason, attempts, retry_after, step, undo, attempt, outcome, error, duration, trace_id)
        ), written as (
            update messaging.saga s
            set version = s.version + 1, state = p.state::jsonb, step = p.next, status = p.status, reason = p.reason, attempts = p.attempts,
                ended_at = case when p.status in ('completed', 'compensated') then now() end,
                due_at = case when p.retry_after is null then s.due_at else now() + p.retry_after end,
                lease_owner = case when p.retry_after is null and p.status in ('running', 'compensating') then s.lease_owner end,
                lease_until = case when p.retry_after is null then now() + $1 else now() end
            from progress p
            where s.id = p.id and s.version = p.version
            returning s.id
        ), logged as (
            insert into messaging.saga_log (saga_id, seq, step, undo, attempt, outcome, error, started_at, duration, trace_id)
            select p.id, p.version + 1, p.step, p.undo, p.attempt, p.outcome, p.error, clock_timestamp() - p.duration, p.duration, p.trace_id
            from progress p join written w on w.id = p.id
        )
        select id from written
        """;

    private const string ClaimSql = """
        update messaging.saga s
        set lease_owner = $1, lease_until = now() + $2, version = version + 1
        from (select id from messaging.saga
              where ended_at is null and due_at <= now() and lease_until <= now() and type = any($3)
              order by due_at limit $4 for update skip locked) due
        where s.id = due.id
        returning s.id, s.type, s.version, s.state::text, s.step, s.status = 'compensating', s.reason, s.attempts,
                  s.started_at + s.within - now(), s.traceparent, s.tracestate
        """;

    /// <summary>Takes sagas that are due and that nobody holds.</summary>
    public async Task<IReadOnlyList<SagaClaim>> ClaimAsync(int limit, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(ClaimSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = definition.Replica });
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
                Reason = Text(6),
                Attempts = reader.GetInt32(7),
                TimeLeft = reader.GetFieldValue<TimeSpan>(8),
                ClaimedAt = now,
                TraceParent = Text(9),
                TraceState = Text(10),
            });
        }
        return claims;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>Writes progress of several sagas in one commit. Returns those that were written; the others are not this replica's any more.</summary>
    public async Task<HashSet<Guid>> WriteAsync(IReadOnlyList<SagaProgress> progress, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(WriteSql);
        Fill(command.Parameters, progress);
        return await ReadIdsAsync(command, cancel);
    }

    /// <summary>The same within a transaction that also holds the step's own changes.</summary>
    public async Task<bool> WriteAsync(SagaProgress progress, NpgsqlConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(WriteSql, connection, (NpgsqlTransaction)transaction);
        Fill(command.Parameters, [progress]);
        return (await ReadIdsAsync(command, cancel)).Count == 1;
    }

    /// <summary>A replica that stops gives back what it holds, due at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            update messaging.saga set lease_owner = null, lease_until = now(), version = version + 1
            where ended_at is null and lease_owner = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = definition.Replica });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<SagaProgress> progress)
    {
        parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.Lease });
        Column(p => p.Id);
        Column(p => p.Version);
        Column(p => p.State);
        Column(p => p.Next);
        Column(p => SagaStatusNames.Of(p.Status));
        Column(p => p.Reason);
        Column(p => p.Attempts);
        Column(p => p.RetryAfter);
        Column(p => p.Step);
        Column(p => p.IsUndo);
        Column(p => p.Attempt);
        Column(p => p.Outcome);
        Column(p => p.Error);
        Column(p => p.Duration);
        Column(p => p.TraceId);

        void Column<T>(Func<SagaProgress, T> value) => parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. progress.Select(value)] });
    }

    private static async Task<HashSet<Guid>> ReadIdsAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var ids = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            ids.Add(reader.GetGuid(0));
        return ids;
    }
}
