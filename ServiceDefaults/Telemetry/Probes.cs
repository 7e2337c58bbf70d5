using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Health;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Requests of what runs the processes, every few seconds for ever: no traces.</summary>
internal static class Probes
{
    public static bool IsProbe(PathString path) => path == HealthRules.ReadyPath || path == HealthRules.AlivePath || HealthRules.IsGrpcProbe(path);
}
