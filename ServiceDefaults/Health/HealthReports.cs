using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Lifetime;

namespace Shop.ServiceDefaults.Health;

/// <summary>The process's own opinion of itself, never older than a moment, however many ask.</summary>
internal sealed class HealthReports
{
    private readonly Readiness _readiness;
    private readonly CachedReport _ready;
    private readonly CachedReport _alive;

    public HealthReports(HealthCheckService checks, Readiness readiness, TimeProvider clock, ILogger<HealthReports> logger)
    {
        _readiness = readiness;
        _ready = new CachedReport(checks, registration => registration.Name != HealthRules.GrpcCheck, clock, logger);
        _alive = new CachedReport(checks, registration => registration.Tags.Contains(HealthRules.LiveTag), clock, logger);
    }

    /// <summary>Whether requests are welcome. Not cached when stopping: that is to be seen at once.</summary>
    public Task<HealthStatus> ReadyAsync() => _readiness.IsStopping ? Task.FromResult(HealthStatus.Unhealthy) : _ready.GetAsync();

    /// <summary>Whether the process is any good at all. A database that is away does not get better by a restart of ours.</summary>
    public Task<HealthStatus> AliveAsync() => _alive.GetAsync();
}
