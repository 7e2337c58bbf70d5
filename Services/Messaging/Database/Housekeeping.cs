using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Messaging.Database;

/// <summary>Makes tomorrow's partitions and removes what is past its retention. One replica at a time, once an hour.</summary>
internal sealed partial class Housekeeping(
    SessionConnections sessions, DatabaseReadiness readiness, DatabaseSpace space, IOptions<RetentionOptions> options, ILogger<Housekeeping> logger) : Worker, IHealthCheck
{
    public const string HealthCheck = "day partitions";

    private const long LockKey = 0x73686f706b656570;   // "shopkeep"
    private const int DeleteAtOnce = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private volatile string? _trouble;

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        while (true)
        {
            var next = Interval;
            try
            {
                await TidyAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                space.Observe(failure);
                // Rows go to the default partition meanwhile. A lock that was not to be had at once is the usual reason.
                next = TimeSpan.FromMinutes(1);
                LogFailed(failure);
            }
            await Task.Delay(next, stopping);
        }
    }

    /// <returns>False: somebody else is at it.</returns>
    public async Task<bool> TidyAsync(CancellationToken cancel)
    {
        try
        {
            var done = await TidyOnceAsync(cancel);
            _trouble = null;
            return done;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            _trouble = failure.Message;
            throw;
        }
    }

    private async Task<bool> TidyOnceAsync(CancellationToken cancel)
    {
        // The lock ends with the connection.
        await using var connection = await sessions.OpenAsync(cancel);
        if (!await TryLockAsync(connection, cancel))
            return false;
        var missing = await Partitions.EnsureAsync(connection, cancel);
        var retention = options.Value;
        var days = await Partitions.DropAsync(connection, "outbox", retention.Outbox, cancel)
            + await Partitions.DropAsync(connection, "inbox", retention.Inbox, cancel)
            + await Partitions.DropAsync(connection, "command", retention.Commands, cancel)
            + await Partitions.DropAsync(connection, "saga_log", retention.Sagas, cancel);
        var rows = await DeleteAsync(connection, "saga", "ended_at is not null and id < messaging.first_id(now() - $1)", retention.Sagas, cancel)
            + await DeleteAsync(connection, "dead_letter", "status <> 'parked' and id < messaging.first_id(now() - $1)", retention.DeadLetters, cancel);
        if (days + rows > 0)
            LogTidied(days, rows);
        return missing.Count == 0 ? true : throw new AggregateException("A day's partition could not be made; its rows go to the default partition.", missing);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_trouble is { } trouble ? new HealthCheckResult(context.Registration.FailureStatus, $"The last attempt failed: {trouble}") : HealthCheckResult.Healthy());

    // In small transactions, so that nobody waits behind them.
    private static async Task<int> DeleteAsync(NpgsqlConnection connection, string table, string which, TimeSpan retention, CancellationToken cancel)
    {
        var all = 0;
        while (true)
        {
            await using var command = new NpgsqlCommand($"delete from messaging.{table} where id in (select id from messaging.{table} where {which} order by id limit {DeleteAtOnce})", connection)
            {
                Parameters = { new NpgsqlParameter<TimeSpan> { TypedValue = retention } },
            };
            var deleted = await command.ExecuteNonQueryAsync(cancel);
            all += deleted;
            if (deleted < DeleteAtOnce)
                return all;
        }
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // Waits for no lock for long: a partition is attached in the middle of the traffic, and who waits for a strong lock makes everybody else wait.
        await using var command = new NpgsqlCommand($"set lock_timeout = '2s'; select pg_try_advisory_lock({LockKey})", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    [LoggerMessage(LogLevel.Information, "Past their retention: {Days} daily partitions and {Rows} rows removed")]
    private partial void LogTidied(int days, int rows);

    [LoggerMessage(LogLevel.Warning, "Housekeeping failed, again in a minute")]
    private partial void LogFailed(Exception failure);
}
