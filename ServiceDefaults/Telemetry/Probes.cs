using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Health;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>Health probes, which arrive every few seconds and are not traced.</summary>
internal static class Probes
{
    public static bool IsProbe(PathString path) => path == HealthRules.ReadyPath || path == HealthRules.AlivePath || HealthRules.IsGrpcProbe(path);
}
