using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>Limits of the server. Section <c>Endpoints</c>.</summary>
internal sealed class EndpointOptions
{
    public const string Section = "Endpoints";

    /// <summary>The largest body of a JSON request, in bytes. gRPC messages have their own limit.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public long MaxBodyBytes { get; set; } = 64 * 1024;

    /// <summary>Concurrent connections; further ones are closed at once. Each costs memory and a file descriptor, even without a request.</summary>
    [Range(10, 1_000_000)]
    public long MaxConnections { get; set; } = 10_000;

    /// <summary>Concurrent connections upgraded to another protocol (WebSocket). The shop uses none; the server's default has no limit.</summary>
    [Range(0, 1_000_000)]
    public long MaxUpgradedConnections { get; set; } = 100;
}
