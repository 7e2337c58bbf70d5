using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>A service's endpoints as they were found, and a token that tells when they are out of date.</summary>
public sealed class ServiceEndpointSource
{
    public ServiceEndpointSource(List<ServiceEndpoint>? endpoints, IChangeToken changeToken, IFeatureCollection features)
    {
        ArgumentNullException.ThrowIfNull(changeToken);
        ArgumentNullException.ThrowIfNull(features);
        (Endpoints, ChangeToken, Features) = (endpoints ?? [], changeToken, features);
    }

    public IReadOnlyList<ServiceEndpoint> Endpoints { get; }

    public IChangeToken ChangeToken { get; }

    public IFeatureCollection Features { get; }

    public override string ToString() => $"[{string.Join(", ", Endpoints)}]";
}
