using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Persistence.Commits;

namespace Shop.Persistence;

/// <summary>
/// Says that the database takes no writes for lack of disk, memory or connections, or because of an I/O error of its own (SQLSTATE classes 53 and 58). It still accepts
/// connections and reads, so nothing else would show it: a log entry once a while, and degraded health until no write has failed so for a minute.
/// </summary>
public sealed partial class DatabaseSpace : IHealthCheck
{
    public const string HealthCheck = "database space";

    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly ILogger<DatabaseSpace> _logger;
    private readonly Lock _lock = new();
    private (long At, string Reason)? _failed;
    private long? _loggedAt;

    public DatabaseSpace(CommitObservers commits, TimeProvider clock, ILogger<DatabaseSpace> logger)
    {
        (_clock, _logger) = (clock, logger);
        commits.SaveFailed += Observe;
    }

    /// <summary>Failures of SaveChanges come by themselves; who writes with SQL of its own tells them. Any other failure is ignored.</summary>
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

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_failed is { } failed && _clock.GetElapsedTime(failed.At) < Shown
                ? new HealthCheckResult(context.Registration.FailureStatus, $"The database takes no writes: {failed.Reason}.")
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

    [LoggerMessage(LogLevel.Error, "The database takes no writes: {Reason}")]
    private partial void LogNoWrites(string reason);
}
