using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Shop.ServiceDefaults.Health;

/// <summary>Runs the checks one at a time; concurrent probes, and those shortly after, get the same report.</summary>
internal sealed partial class CachedReport(HealthCheckService checks, Func<HealthCheckRegistration, bool> which, TimeProvider clock, ILogger logger)
{
    private readonly Lock _lock = new();
    private Task<HealthStatus>? _report;
    private long _takenAt;
    private volatile bool _wasHealthy;

    public Task<HealthStatus> GetAsync()
    {
        lock (_lock)
        {
            // The age counts from the start of a run, which has a timeout: a report is never older than both together.
            var isFresh = _report is not null && (!_report.IsCompleted || clock.GetElapsedTime(_takenAt) < HealthRules.Lasts);
            if (!isFresh)
            {
                _takenAt = clock.GetTimestamp();
                // On another thread: a check that blocks must not hold the lock.
                _report = Task.Run(RunAsync);
            }

            return _report!;
        }
    }

    private async Task<HealthStatus> RunAsync()
    {
        using var timeout = new CancellationTokenSource(HealthRules.Timeout, clock);
        try
        {
            // The second timeout is for checks that ignore their token.
            var report = await checks.CheckHealthAsync(which, timeout.Token)
                .WaitAsync(HealthRules.Timeout + TimeSpan.FromMilliseconds(200), clock, CancellationToken.None).ConfigureAwait(false);

            _wasHealthy |= report.Status == HealthStatus.Healthy;
            return report.Status;
        }
        catch (Exception failure) when (failure is OperationCanceledException or TimeoutException)
        {
            // Before the first healthy report the process is still starting: a timeout is expected.
            LogTimedOut(_wasHealthy ? LogLevel.Warning : LogLevel.Information, HealthRules.Timeout);
            return HealthStatus.Unhealthy;
        }
        catch (Exception failure)
        {
            LogFailed(failure);
            return HealthStatus.Unhealthy;
        }
    }

    [LoggerMessage(Message = "The health checks did not answer within {Timeout}: unhealthy")]
    private partial void LogTimedOut(LogLevel level, TimeSpan timeout);

    [LoggerMessage(LogLevel.Error, "The health checks could not be run: unhealthy")]
    private partial void LogFailed(Exception failure);
}
