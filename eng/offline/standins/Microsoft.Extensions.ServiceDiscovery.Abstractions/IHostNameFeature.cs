namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>The name that a request to an endpoint should carry in its Host header.</summary>
public interface IHostNameFeature
{
    string HostName { get; }
}
