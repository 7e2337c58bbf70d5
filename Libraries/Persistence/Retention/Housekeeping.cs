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

/// <summary>Makes tomorrow's partitions and removes what is past its retention, for the libraries and the service. One replica at a time, once an hour.</summary>
internal sealed partial class Housekeeping(
    SessionConnections sessions, DayPartitions days, IEnumerable<PurgedRows> purged, DatabaseReadiness readiness, DatabaseSpace space, ReplicaWorker replicas,
    IOptions<DatabaseOptions> options, ILogger<Housekeeping> logger)
    : Worker, IHealthCheck
{
    public const string HealthCheck = "day partitions";

    private const long LockKey = 0x73686f706b656570;   // "shopkeep"
    private const int DeleteAtOnce = 1000;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private volatile int _missingDays;
    private volatile string? _trouble;

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        // Told by each replica it would be added up.
        PersistenceTelemetry.Meter.CreateObservableGauge("shop.database.missing_days", () => replicas.IsFirst ? [new Measurement<int>(_missingDays)] : Array.Empty<Measurement<int>>(),
            "{partition}", "Days that should have a partition and have none: their rows go to the default partition.");
        while (true)
        {
            var interval = options.Value.HousekeepingInterval;
            var next = interval < RetryInterval ? interval : RetryInterval;
            try
            {
                // Another replica's failure is looked for soon, too: health is of each.
                if (await TidyAsync(stopping))
                    next = interval;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                space.Observe(failure);
                // Rows go to the default partition meanwhile. A lock that could not be taken at once is the usual reason.
                LogFailed(failure);
            }
            await Task.Delay(next, stopping);
        }
    }

    /// <returns>False: another replica is doing it.</returns>
    /// <exception cref="AggregateException">Something could not be done; the rest has been.</exception>
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
        var isOurs = await TryLockAsync(connection, cancel);
        var failures = isOurs ? await MakeAndRemoveAsync(connection, cancel) : [];
        _missingDays = await days.CountMissingAsync(connection, cancel);
        if (failures.Count > 0)
            throw new AggregateException("A day's partition could not be made or dropped, or old rows not deleted.", failures);
        return isOurs;
    }

    private async Task<List<PostgresException>> MakeAndRemoveAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var failures = new List<PostgresException>(await days.EnsureAsync(connection, cancel));
        var rows = 0;
        foreach (var old in purged)
        {
            try
            {
                rows += await DeleteAsync(connection, old, cancel);
            }
            catch (PostgresException failure) when (connection.State == ConnectionState.Open)   // closed by a full disk, among others: nothing more can be done
            {
                failures.Add(failure);   // one table's rows that stay keep no other from its turn
            }
        }
        var dropped = await days.DropAsync(connection, failures, cancel);
        if (dropped + rows > 0)
            LogTidied(dropped, rows);
        return failures;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((_missingDays, _trouble) switch
        {
            (0, null) => HealthCheckResult.Healthy(),
            (0, { } trouble) => new HealthCheckResult(context.Registration.FailureStatus, $"The last attempt failed: {trouble}"),
            _ => new HealthCheckResult(context.Registration.FailureStatus, $"{_missingDays} days have no partition; their rows go to the default partition. {_trouble}"),
        });

    // In small transactions, so that nobody waits behind them.
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
        // Waits for no lock for long: a partition is attached in the middle of the traffic, and who waits for a strong lock makes everybody else wait.
        await using var command = new NpgsqlCommand($"set lock_timeout = '2s'; select pg_try_advisory_lock({LockKey})", connection);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    [LoggerMessage(LogLevel.Information, "Past their retention: {Days} daily partitions and {Rows} rows removed")]
    private partial void LogTidied(int days, int rows);

    [LoggerMessage(LogLevel.Warning, "Housekeeping failed, again in a minute")]
    private partial void LogFailed(Exception failure);
}
