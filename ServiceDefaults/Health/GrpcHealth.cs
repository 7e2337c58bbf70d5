using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.ServiceDefaults.Health;

/// <summary>
/// The standard gRPC health service, for probes that speak gRPC. The server's services live and die together: it knows the whole only (the empty name).
/// What it answers is one check, the cached readiness report, so a gRPC probe costs no more runs than an HTTP one.
/// </summary>
internal static class GrpcHealth
{
    private const string Check = "grpc";
    private static readonly PathString Service = "/grpc.health.v1.Health";

    /// <summary>
    /// How often watchers are compared with the report. The package does so whether or not anybody watches, and every time is a run of all checks:
    /// at rest that must cost nothing to speak of.
    /// </summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(10);

    public static void AddGrpcHealth(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks(options => options.Services.Map("", check => check.Name == Check))
            .Add(new(Check, provider => new ReadinessCheck(provider.GetRequiredService<HealthReports>()), failureStatus: null, tags: null));
        services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Predicate = IsGrpcCheck;
            options.Delay = WatchInterval;
            options.Period = WatchInterval;
        });
    }

    public static void MapGrpcHealth(this WebApplication app) => app.MapGrpcHealthChecksService().AllowAnyone();

    /// <summary>The check that is the report itself: a report that ran it would wait for its own end.</summary>
    public static bool IsGrpcCheck(HealthCheckRegistration check) => check.Name == Check;

    public static bool IsCalledBy(PathString path) => path.StartsWithSegments(Service);

    private sealed class ReadinessCheck(HealthReports reports) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            new(await reports.ReadyAsync().WaitAsync(cancellationToken).ConfigureAwait(false));
    }
}
