using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource opens, and the port under which others reach it.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _port;
    private int? _targetPort;

    public EndpointAnnotation(
        ProtocolType protocol,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocol.ToString().ToLowerInvariant());
        Name = name ?? UriScheme;
        ResourceNames.Validate("Endpoint", Name);
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        Port = port;
        TargetPort = targetPort;
    }

    public EndpointAnnotation(
        ProtocolType protocol,
        NetworkIdentifier? networkId,
        string? uriScheme = null,
        string? transport = null,
        string? name = null,
        int? port = null,
        int? targetPort = null,
        bool? isExternal = null,
        bool? isProxied = null)
        : this(protocol, uriScheme, transport, name, port, targetPort, isExternal, isProxied) =>
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public string UriScheme { get; set; }

    /// <summary><c>http</c>, <c>http2</c> or <c>tcp</c>.</summary>
    public string Transport { get; set; }

    public NetworkIdentifier DefaultNetworkID { get; } = KnownNetworkIdentifiers.LocalhostNetwork;

    public string TargetHost { get; set; } = "localhost";

    /// <summary>Where clients connect. Without a proxy there is only one port, so either of the two settings names it.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = NoneIfZero(value);
    }

    /// <summary>Where the program itself listens; null = the orchestrator picks one.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = NoneIfZero(value);
    }

    public bool? IsExplicitlyProxied { get; set; }

    public bool IsProxied
    {
        get => IsExplicitlyProxied ?? true;
        set => IsExplicitlyProxied = value;
    }

    public bool IsExternal { get; set; }

    public bool TlsEnabled
    {
        get => field || UriScheme == "https";
        set;
    }

    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>The variable that tells the program its port. Such an endpoint is not in <c>ASPNETCORE_URLS</c>: the program opens it itself.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    /// <summary>Known once the orchestrator has handed out the port.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.Result : null;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _allocated.TrySetResult(value);
        }
    }

    private static int? NoneIfZero(int? port) => port == 0 ? null : port;

    internal Task<AllocatedEndpoint> GetAllocatedEndpointAsync(CancellationToken cancellationToken) => _allocated.Task.WaitAsync(cancellationToken);
}
