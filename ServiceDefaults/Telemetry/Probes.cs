using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Health;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Requests of what runs the processes, every few seconds for ever: no traces.</summary>
internal static class Probes
{
    private static readonly PathString Grpc = "/grpc.health.v1.Health";

    public static bool IsProbe(PathString path) => path == HealthRules.ReadyPath || path == HealthRules.AlivePath || path.StartsWithSegments(Grpc);
}
