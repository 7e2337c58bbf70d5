using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>Section <c>Endpoints</c>.</summary>
internal sealed class EndpointOptions
{
    public const string Section = "Endpoints";

    /// <summary>The largest body of a JSON request, in bytes. gRPC messages have a limit of their own.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public long MaxBodyBytes { get; set; } = 64 * 1024;
}
