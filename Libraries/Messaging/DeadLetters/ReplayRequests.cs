using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Shop.Persistence;
using Shop.Persistence.Replicas;
using Shop.Persistence.Workers;

namespace Shop.Messaging.DeadLetters;

/// <summary>
/// Replays that operators requested for many events at once. A request is a mark on the parked events, so it survives the process; any replica carries it out.
/// Two replicas at the same key are harmless: the second waits for the first one's lock and finds nothing parked.
/// </summary>
internal sealed partial class ReplayRequests(
    NpgsqlDataSource source, DeadLetterReplay replay, ReplicaSignals signals, DatabaseReadiness readiness, ILogger<ReplayRequests> logger) : Worker, ISignalListener
{
    // For a signal that was lost, and for a replica that died with a request in hand.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Wakeup _requested = new();

    public string Channel => "shop_replays";

    public void ListeningBegan() => _requested.Set();

    public void Signalled(string payload) => _requested.Set();

    public async Task<int> AddAsync(string? consumer, string? key, string by, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            update messaging.dead_letter set replay_requested_at = now(), replay_requested_by = $3
            where status = 'parked' and ($1::text is null or consumer = $1) and ($2::text is null or key = $2)
            """);
        command.Parameters.Add(new() { Value = (object?)consumer ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)key ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = by });
        var count = await command.ExecuteNonQueryAsync(cancel);
        if (count > 0)
            await signals.SendAsync(Channel, "", cancel);
        return count;
    }

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        while (true)
        {
            try
            {
                while (await ReplayNextAsync(stopping)) { }
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogFailed(failure, Interval);
            }
            await _requested.WaitAsync(Interval, stopping);
        }
    }

    /// <returns>False: nothing is requested.</returns>
    private async Task<bool> ReplayNextAsync(CancellationToken cancel)
    {
        if (await NextAsync(cancel) is not var (id, by, at))
            return false;
        var result = await replay.ReplayAsync(id, by, cancel);
        if (result.Error is not null)
            await ClearAsync(id, at, cancel);   // its events failed again (DeadLetterReplay has logged it): they stay parked until the next request
        return true;
    }

    private async Task<(Guid Id, string By, DateTimeOffset At)?> NextAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select id, replay_requested_by, replay_requested_at from messaging.dead_letter where status = 'parked' and replay_requested_at is not null order by position limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)) : null;
    }

    // A request that came meanwhile stays.
    private async Task ClearAsync(Guid id, DateTimeOffset requestedAt, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            update messaging.dead_letter parked set replay_requested_at = null, replay_requested_by = null
            from messaging.dead_letter failed
            where failed.id = $1 and parked.consumer = failed.consumer and parked.key = failed.key and parked.replay_requested_at <= $2 and parked.status = 'parked'
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = requestedAt });
        await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Requested replays could not be carried out; next attempt in {Interval} or at the next request")]
    private partial void LogFailed(Exception failure, TimeSpan interval);
}
