using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Lifetime;

namespace Shop.ServiceDefaults.Health;

/// <summary>The cached reports of readiness and liveness.</summary>
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

    /// <summary>Readiness. The stop is reported at once, without the cache.</summary>
    public Task<HealthStatus> ReadyAsync() => _readiness.IsStopping ? Task.FromResult(HealthStatus.Unhealthy) : _ready.GetAsync();

    /// <summary>Liveness. It does not depend on the database: a restart would not make that available.</summary>
    public Task<HealthStatus> AliveAsync() => _alive.GetAsync();
}
