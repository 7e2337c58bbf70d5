using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Health;

internal static class HealthRules
{
    public const string ReadyPath = "/health";
    public const string AlivePath = "/alive";

    /// <summary>Checks with this tag also count for liveness: a process that fails them should be restarted.</summary>
    public const string LiveTag = "live";

    /// <summary>The check that is the readiness report itself, excluded from that report: it would wait for its own end.</summary>
    public const string GrpcCheck = "grpc";

    private static readonly PathString GrpcService = "/grpc.health.v1.Health";

    /// <summary>Of a check, and of a run of all checks.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>How long a report is cached.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    public static bool IsGrpcProbe(PathString path) => path.StartsWithSegments(GrpcService);
}
