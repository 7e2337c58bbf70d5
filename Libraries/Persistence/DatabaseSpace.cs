using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Persistence.Commits;

namespace Shop.Persistence;

/// <summary>
/// Reports that the database accepts no writes: it lacks disk, memory or connections, or has an I/O error (SQLSTATE classes 53 and 58). It still accepts connections
/// and reads, so no other check shows it. Logged at most once a minute; health is degraded until no write has failed for a minute. Thread-safe; a singleton.
/// </summary>
public sealed partial class DatabaseSpace : IHealthCheck
{
    /// <summary>The name of the health check.</summary>
    public const string HealthCheck = "database space";

    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly ILogger<DatabaseSpace> _logger;
    private readonly Lock _lock = new();
    private (long At, string Reason)? _failed;
    private long? _loggedAt;

    /// <summary>Observes failed SaveChanges of <paramref name="commits"/>.</summary>
    public DatabaseSpace(CommitObservers commits, TimeProvider clock, ILogger<DatabaseSpace> logger)
    {
        (_clock, _logger) = (clock, logger);
        commits.SaveFailed += Observe;
    }

    /// <summary>Reports a failed write. Failures of SaveChanges are observed already: call it for writes by other SQL. Failures of other kinds are ignored.</summary>
    public void Observe(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is PostgresException postgres && postgres.SqlState[..2] is "53" or "58")
            {
                Failed($"{postgres.SqlState}: {postgres.MessageText}");
                return;
            }
        }
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_failed is { } failed && _clock.GetElapsedTime(failed.At) < Shown
                ? new HealthCheckResult(context.Registration.FailureStatus, $"The database accepts no writes: {failed.Reason}.")
                : HealthCheckResult.Healthy());
        }
    }

    private void Failed(string reason)
    {
        lock (_lock)
        {
            var now = _clock.GetTimestamp();
            _failed = (now, reason);
            if (_loggedAt is { } loggedAt && _clock.GetElapsedTime(loggedAt, now) < Shown)
                return;
            _loggedAt = now;
        }
        LogNoWrites(reason);
    }

    [LoggerMessage(LogLevel.Error, "The database accepts no writes: {Reason}")]
    private partial void LogNoWrites(string reason);
}
