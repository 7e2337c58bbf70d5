using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Shop.Sagas.Definition;
using Shop.Sagas.Engine;
using Shop.Sagas.Store;

namespace Shop.Sagas.Inspection;

/// <summary>Lists sagas and their logs, retries one at once, or starts its compensation, for operators. Thread-safe; a singleton.</summary>
public sealed partial class SagaOperations
{
    /// <summary>The most sagas that one call returns.</summary>
    public const int LongestList = 200;

    private const string Summary = """
        id, type, subject, status, step, attempts, reason, started_at, started_at + within as deadline,
        case when ended_at is null then greatest(due_at, case when lease_owner is not null then lease_until else due_at end) end as due_at, ended_at,
        ended_at is null and started_at + within < now() as overdue
        """;

    private readonly NpgsqlDataSource _source;
    private readonly SagaCatalog _catalog;
    private readonly SagaSignals _signals;
    private readonly ILogger<SagaOperations> _logger;

    internal SagaOperations(NpgsqlDataSource source, SagaCatalog catalog, SagaSignals signals, ILogger<SagaOperations> logger) =>
        (_source, _catalog, _signals, _logger) = (source, catalog, signals, logger);

    /// <summary>Lists sagas, newest first.</summary>
    /// <param name="after">The id of the last one seen; null: from the newest.</param>
    /// <param name="limit">1 to <see cref="LongestList"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public async Task<IReadOnlyList<SagaSummary>> ListAsync(SagaFilter filter, Guid? after, int limit, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LongestList);
        // A partial index covers unfinished sagas: the query does not slow down with the number of ended ones.
        var unfinished = filter.OnlyUnfinished || filter.Overdue is true || filter.Status is SagaStatus.Running or SagaStatus.Compensating;
        await using var command = _source.CreateCommand($"""
            select {Summary} from sagas.saga
            where ($1::uuid is null or id < $1) and ($2::text is null or type = $2) and ($3::text is null or status = $3)
              {(filter.Subject is null ? "" : "and subject = $5")} {(unfinished ? "and ended_at is null" : "")} {InTime(filter.Overdue)}
            order by id desc limit $4
            """);
        command.Parameters.Add(new() { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)filter.Type ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = filter.Status is { } status ? SagaStatusNames.Of(status) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = limit });
        if (filter.Subject is { } subject)
            command.Parameters.Add(new() { Value = subject });
        return await ReadAsync(command, cancel);
    }

    /// <summary>The sagas of a subject, such as an order's id; newest first, at most <see cref="LongestList"/>.</summary>
    public async Task<IReadOnlyList<SagaSummary>> FindBySubjectAsync(string subject, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand($"select {Summary} from sagas.saga where subject = $1 order by id desc limit {LongestList}");
        command.Parameters.Add(new() { Value = subject });
        return await ReadAsync(command, cancel);
    }

    /// <summary>How many sagas are unfinished past their deadline.</summary>
    public async Task<long> CountOverdueAsync(CancellationToken cancel)
    {
        // A partial index covers unfinished sagas.
        await using var command = _source.CreateCommand("select count(*) from sagas.saga where ended_at is null and started_at + within < now()");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>One saga with its log (the latest 1,000 entries); null: there is none of that id.</summary>
    public async Task<SagaDetails?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand($"select {Summary}, state::text, traceparent from sagas.saga where id = $1");
        command.Parameters.Add(new() { Value = id });
        SagaDetails? details = null;
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            if (!await reader.ReadAsync(cancel))
                return null;
            var trace = reader.IsDBNull(13) ? null : reader.GetString(13);
            details = new(SagaRows.Summary(reader), reader.GetString(12), trace?.Split('-') is [_, var traceId, ..] ? traceId : null, []);
        }
        return details with { Log = await LogAsync(id, cancel) };
    }

    /// <summary>Makes a waiting saga due at once. False: there is none of that id, or it has ended.</summary>
    public async Task<bool> RetryNowAsync(Guid id, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("update sagas.saga set due_at = now() where id = $1 and ended_at is null");
        command.Parameters.Add(new() { Value = id });
        if (await command.ExecuteNonQueryAsync(cancel) == 0)
            return false;
        await _signals.SendDueAsync(cancel);
        return true;
    }

    /// <summary>
    /// Starts the compensation of a running saga that has not passed its pivot: all steps that were, or may have been, done are compensated.
    /// A saga that is compensating already is left as it is.
    /// </summary>
    /// <param name="reason">Becomes the saga's reason; snake_case, as a refused step would give it.</param>
    /// <param name="note">In an operator's own words; kept in the saga's log together with <paramref name="by"/>.</param>
    /// <param name="by">The operator.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> or <paramref name="note"/> is empty.</exception>
    public async Task<CompensationRequest> CompensateAsync(Guid id, string reason, string note, string by, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentException.ThrowIfNullOrWhiteSpace(note);
        // A concurrent run may write: then the new row is read. The new version fences that run off; it stops before its pivot at the latest.
        while (await RunningAsync(id, cancel) is { } running)
        {
            var saga = _catalog.OfName(running.Type);
            if (saga?.IsPastPivot(running.Step) is true)
                return CompensationRequest.PastPivot;
            if (!await SetCompensatingAsync(id, running.Version, saga?.FurthestNameFrom(running.Step), reason, $"{note} ({by})", cancel))
                continue;
            LogCompensationStarted(id, by, note);
            await _signals.SendDueAsync(cancel);
            return CompensationRequest.Accepted;
        }
        return (await FindAsync(id, cancel))?.Summary.Status switch
        {
            null => CompensationRequest.Unknown,
            SagaStatus.Compensating => CompensationRequest.Accepted,
            _ => CompensationRequest.Ended,
        };
    }

    private async Task<(long Version, string Type, string? Step)?> RunningAsync(Guid id, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("select version, type, step from sagas.saga where id = $1 and status = 'running'");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)) : null;
    }

    private async Task<bool> SetCompensatingAsync(Guid id, long version, string? from, string reason, string logged, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            with started as (
                update sagas.saga set status = 'compensating', step = coalesce($4, step), reason = $2, attempts = 0,
                    version = version + 1, due_at = now(), lease_owner = null, lease_until = now()
                where id = $1 and status = 'running' and version = $5
                returning id, version, step
            )
            insert into sagas.saga_log (saga_id, seq, step, undo, attempt, outcome, error, started_at, duration)
            select id, version, coalesce(step, ''), false, 0, 'compensation requested', $3, now(), interval '0' from started
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = reason });
        command.Parameters.Add(new() { Value = logged });
        command.Parameters.Add(new() { Value = (object?)from ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = version });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    private async Task<IReadOnlyList<SagaLogEntry>> LogAsync(Guid id, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("""
            select seq, step, undo, attempt, outcome, error, started_at, duration, trace_id
            from (select * from sagas.saga_log where saga_id = $1 order by seq desc limit 1000) latest order by seq
            """);
        command.Parameters.Add(new() { Value = id });
        var log = new List<SagaLogEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            log.Add(SagaRows.LogEntry(reader));
        return log;
    }

    private static string InTime(bool? overdue) => overdue switch
    {
        null => "",
        true => "and started_at + within < now()",
        false => "and (ended_at is not null or started_at + within >= now())",
    };

    private static async Task<IReadOnlyList<SagaSummary>> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var sagas = new List<SagaSummary>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            sagas.Add(SagaRows.Summary(reader));
        return sagas;
    }

    [LoggerMessage(LogLevel.Information, "Saga {Id}: compensation requested by {By}: {Note}")]
    private partial void LogCompensationStarted(Guid id, string by, string note);
}
