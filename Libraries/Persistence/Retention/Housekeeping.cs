using System.Data;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Persistence.Connections;
using Shop.Persistence.Replicas;
using Shop.Persistence.Telemetry;
using Shop.Persistence.Workers;

namespace Shop.Persistence.Retention;

/// <summary>Creates tomorrow's partitions and removes what is past its retention, for the libraries and the service. One replica at a time, once an hour.</summary>
internal sealed partial class Housekeeping(
    SessionConnections sessions, DayPartitions days, IEnumerable<PurgedRows> purged, DatabaseReadiness readiness, DatabaseSpace space, ReplicaWorker replicas,
    IOptions<DatabaseOptions> options, ILogger<Housekeeping> logger)
    : Worker, IHealthCheck
{
    public const string HealthCheck = "day partitions";

    internal const long LockKey = 0x73686f706b656570;   // "shopkeep"
    private const int DeleteAtOnce = 1000;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private volatile int _missingDays;
    private volatile string? _failure;

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        // Reported by one replica only: collectors add up the values of replicas.
        PersistenceTelemetry.Meter.CreateObservableGauge("shop.database.missing_days", () => replicas.IsFirst ? [new Measurement<int>(_missingDays)] : Array.Empty<Measurement<int>>(),
            "{partition}", "Days that should have a partition and have none: their rows go to the default partition.");
        while (true)
        {
            var interval = options.Value.HousekeepingInterval;
            var next = interval < RetryInterval ? interval : RetryInterval;
            try
            {
                // A replica without the lock checks again soon, because each reports its own health.
                if (await RunOnceAsync(stopping))
                    next = interval;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                space.Observe(failure);
                // Rows go to the default partition meanwhile. The usual reason is a lock timeout.
                LogFailed(failure);
            }
            await Task.Delay(next, stopping);
        }
    }

    /// <returns>False: another replica holds the lock.</returns>
    /// <exception cref="AggregateException">Some tables failed; the others are done.</exception>
    public async Task<bool> RunOnceAsync(CancellationToken cancel)
    {
        try
        {
            var done = await MaintainAsync(cancel);
            _failure = null;
            return done;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            _failure = failure.Message;
            throw;
        }
    }

    private async Task<bool> MaintainAsync(CancellationToken cancel)
    {
        // The lock ends with the connection.
        await using var connection = await sessions.OpenAsync(cancel);
        var hasLock = await TryLockAsync(connection, cancel);
        var failures = hasLock ? await CreateAndRemoveAsync(connection, cancel) : [];
        _missingDays = await days.CountMissingAsync(connection, cancel);
        if (failures.Count > 0)
            throw new AggregateException("A day's partition could not be created or dropped, or old rows not deleted.", failures);
        return hasLock;
    }

    private async Task<List<PostgresException>> CreateAndRemoveAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var failures = new List<PostgresException>(await days.EnsureAsync(connection, cancel));
        var rows = 0;
        foreach (var old in purged)
        {
            try
            {
                rows += await DeleteAsync(connection, old, cancel);
            }
            catch (PostgresException failure) when (connection.State == ConnectionState.Open)   // a full disk, for instance, closes it: then nothing more can be done
            {
                failures.Add(failure);   // the other tables are still purged
            }
        }
        var dropped = await days.DropAsync(connection, failures, cancel);
        if (dropped + rows > 0)
            LogRemoved(dropped, rows);
        return failures;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((_missingDays, _failure) switch
        {
            (0, null) => HealthCheckResult.Healthy(),
            (0, { } failure) => new HealthCheckResult(context.Registration.FailureStatus, $"The last attempt failed: {failure}"),
            _ => new HealthCheckResult(context.Registration.FailureStatus, $"{_missingDays} days have no partition; their rows go to the default partition. {_failure}"),
        });

    // In small transactions, which hold their locks only briefly.
    private static async Task<int> DeleteAsync(NpgsqlConnection connection, PurgedRows old, CancellationToken cancel)
    {
        var all = 0;
        while (true)
        {
            await using var command = new NpgsqlCommand(
                $"delete from {old.Table} where ctid = any(array(select ctid from {old.Table} where {old.Condition} limit {DeleteAtOnce} for update skip locked))", connection)
            {
                Parameters = { new NpgsqlParameter<TimeSpan> { TypedValue = old.Retention } },
            };
            var deleted = await command.ExecuteNonQueryAsync(cancel);
            all += deleted;
            if (deleted < DeleteAtOnce)
                return all;
        }
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // Attaching a partition waits for a strong lock, and every later query on the table queues behind that wait: the timeout bounds it.
        await using var command = new NpgsqlCommand($"set lock_timeout = '2s'; select pg_try_advisory_lock({LockKey})", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    [LoggerMessage(LogLevel.Information, "Retention: {Days} day partitions and {Rows} rows removed")]
    private partial void LogRemoved(int days, int rows);

    [LoggerMessage(LogLevel.Warning, "Housekeeping failed, next try within a minute")]
    private partial void LogFailed(Exception failure);
}
