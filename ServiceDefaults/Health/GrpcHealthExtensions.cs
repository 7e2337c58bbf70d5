using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults.Health;

/// <summary>
/// The standard gRPC health service, for gRPC probes. It reports the whole server only (the empty service name), by one check, the cached readiness report: gRPC probes
/// cause no more runs than HTTP probes.
/// </summary>
internal static class GrpcHealthExtensions
{
    /// <summary>
    /// How often the report is published to watchers. The package runs all checks for it even without watchers, so the interval keeps the idle load low.
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
