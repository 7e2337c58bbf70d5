using Npgsql;
using NpgsqlTypes;

namespace Shop.Messaging.DeadLetters;

/// <summary>Lists, replays and discards dead letters, for operators. Thread-safe; a singleton.</summary>
public sealed class DeadLetterOperations
{
    /// <summary>The most dead letters that one call returns.</summary>
    public const int LongestList = 200;

    private const string Columns = """
        id, event_id, consumer, topic, partition, record, key, type, source, occurred_at, reason, stack, attempts, trace_id, parked_at, status, resolved_at, resolved_by, resolution
        """;

    private readonly NpgsqlDataSource _source;
    private readonly DeadLetterReplay _replay;
    private readonly ReplayRequests _requests;

    internal DeadLetterOperations(NpgsqlDataSource source, DeadLetterReplay replay, ReplayRequests requests) =>
        (_source, _replay, _requests) = (source, replay, requests);

    /// <summary>Lists dead letters, newest first.</summary>
    /// <param name="after">The id of the last one seen; null: from the newest.</param>
    /// <param name="limit">1 to <see cref="LongestList"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, Guid? after, int limit, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LongestList);
        await using var command = _source.CreateCommand($"""
            select {Columns} from messaging.dead_letter
            where ($1::uuid is null or id < $1) and ($2::text is null or consumer = $2) and ($3::text is null or key = $3) and (status = 'parked' or $4)
            order by id desc limit $5
            """);
        command.Parameters.Add(new() { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)filter.Consumer ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)filter.Key ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = filter.AlsoResolved });
        command.Parameters.Add(new() { Value = limit });
        return await ReadAsync(command, cancel);
    }

    /// <summary>How many events are parked now.</summary>
    public async Task<long> CountParkedAsync(CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("select count(*) from messaging.dead_letter where status = 'parked'");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The dead letter of an id, whatever its status; null: there is none.</summary>
    public async Task<DeadLetter?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand($"select {Columns} from messaging.dead_letter where id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, cancel)).SingleOrDefault();
    }

    /// <summary>The whole payload of a dead letter, as it was received; null: there is none of that id.</summary>
    public async Task<byte[]?> FindPayloadAsync(Guid id, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("select payload from messaging.dead_letter where id = $1");
        command.Parameters.Add(new() { Value = id });
        return (byte[]?)await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>
    /// Handles all parked events of that dead letter's consumer and key, in order, in one transaction: all or none. Events that arrive meanwhile wait, and are replayed
    /// with them or handled afterwards. A failing event is reported in the result, not thrown.
    /// </summary>
    public Task<ReplayResult> ReplayAsync(Guid id, string by, CancellationToken cancel) => _replay.ReplayAsync(id, by, cancel);

    /// <inheritdoc cref="ReplayAsync(Guid, string, CancellationToken)"/>
    public Task<ReplayResult> ReplayAsync(Guid id, CancellationToken cancel) => ReplayAsync(id, "operator", cancel);

    /// <summary>
    /// Requests that all parked events which the filter matches are replayed in the background, those of each consumer and key in order and in one transaction.
    /// A key whose events fail again stays parked, and the others go on.
    /// </summary>
    /// <returns>How many events were requested.</returns>
    public Task<int> RequestReplayAsync(string? consumer, string? key, string by, CancellationToken cancel) => _requests.AddAsync(consumer, key, by, cancel);

    /// <summary>Discards one event permanently. The others of its key stay parked until they are replayed. False: there is no parked dead letter of that id.</summary>
    public async Task<bool> DiscardAsync(Guid id, string reason, string by, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        await using var command = _source.CreateCommand("""
            update messaging.dead_letter set status = 'discarded', resolved_at = now(), resolved_by = $2, resolution = $3 where id = $1 and status = 'parked'
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = reason });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    private static async Task<List<DeadLetter>> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var letters = new List<DeadLetter>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            letters.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetInt64(5), reader.GetString(6),
                reader.GetString(7), reader.GetString(8), reader.GetFieldValue<DateTimeOffset>(9), reader.GetString(10), Text(11), reader.GetInt32(12), Text(13),
                reader.GetFieldValue<DateTimeOffset>(14), reader.GetString(15), reader.IsDBNull(16) ? null : reader.GetFieldValue<DateTimeOffset>(16), Text(17), Text(18)));
        }
        return letters;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
