using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.ServiceDefaults.Health;

/// <summary>
/// The standard gRPC health service, for probes that speak gRPC. The server's services live and die together: it knows the whole only (the empty name).
/// What it answers is one check, the cached readiness report, so a gRPC probe costs no more runs than an HTTP one.
/// </summary>
internal static class GrpcHealth
{
    /// <summary>
    /// How often watchers are compared with the report. The package does so whether or not anybody watches, and every time is a run of all checks:
    /// at rest that must cost nothing to speak of.
    /// </summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(10);

    public static void AddGrpcHealth(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks(options => options.Services.Map("", check => check.Name == HealthRules.GrpcCheck))
            .Add(new(HealthRules.GrpcCheck, provider => new ReadinessCheck(provider.GetRequiredService<HealthReports>()), failureStatus: null, tags: null));
        services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Predicate = check => check.Name == HealthRules.GrpcCheck;
            options.Delay = WatchInterval;
            options.Period = WatchInterval;
        });
    }

    public static void MapGrpcHealth(this WebApplication app) => app.MapGrpcHealthChecksService().AllowAnyone();

    private sealed class ReadinessCheck(HealthReports reports) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            new(await reports.ReadyAsync().WaitAsync(cancellationToken).ConfigureAwait(false));
    }
}
