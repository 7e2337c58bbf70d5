using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

public interface IServiceEndpointBuilder
{
    IList<ServiceEndpoint> Endpoints { get; }

    IFeatureCollection Features { get; }

    void AddChangeToken(IChangeToken changeToken);
}
