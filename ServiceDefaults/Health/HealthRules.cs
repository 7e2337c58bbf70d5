using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Health;

internal static class HealthRules
{
    public const string ReadyPath = "/health";
    public const string AlivePath = "/alive";

    /// <summary>Checks with this tag also count for "alive": a process that fails them is to be started again.</summary>
    public const string LiveTag = "live";

    /// <summary>The check that is the readiness report itself: a report that ran it would wait for its own end.</summary>
    public const string GrpcCheck = "grpc";

    private static readonly PathString GrpcService = "/grpc.health.v1.Health";

    /// <summary>What takes longer has failed.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Who asks again within this gets the same answer.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    public static bool IsGrpcProbe(PathString path) => path.StartsWithSegments(GrpcService);
}
