using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>Section <c>Endpoints</c>.</summary>
internal sealed class EndpointOptions
{
    public const string Section = "Endpoints";

    /// <summary>The largest body of a JSON request, in bytes. gRPC messages have a limit of their own.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public long MaxBodyBytes { get; set; } = 64 * 1024;

    /// <summary>Connections at once; one more is closed at once. Each costs memory and a file descriptor, also where nobody has asked anything yet.</summary>
    [Range(10, 1_000_000)]
    public long MaxConnections { get; set; } = 10_000;

    /// <summary>Of them, connections that were upgraded to another protocol (WebSocket). The shop has none; the server would take them without a limit.</summary>
    [Range(0, 1_000_000)]
    public long MaxUpgradedConnections { get; set; } = 100;
}
