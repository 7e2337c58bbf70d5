using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Microsoft.Extensions.ServiceDiscovery.PassThrough;

/// <summary>The last resort: what no other provider knows is taken for a host name and left to DNS.</summary>
internal sealed class PassThroughServiceEndpointProvider(EndPoint endPoint) : IServiceEndpointProvider
{
    public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
    {
        if (endpoints.Endpoints.Count == 0)
        {
            var endpoint = ServiceEndpoint.Create(endPoint);
            endpoint.Features.Set<IServiceEndpointProvider>(this);
            endpoints.Endpoints.Add(endpoint);
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    public override string ToString() => "Pass-through";
}

internal sealed class PassThroughServiceEndpointProviderFactory : IServiceEndpointProviderFactory
{
    public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
    {
        var text = query.ToString()!;
        var port = Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"any://{text}", UriKind.Absolute, out var uri) ? Math.Max(uri.Port, 0) : 0;
        provider = new PassThroughServiceEndpointProvider(
            IPAddress.TryParse(query.ServiceName, out var address) ? new IPEndPoint(address, port)
            : query.ServiceName.Length > 0 ? new DnsEndPoint(query.ServiceName, port)
            : new DnsEndPoint(text, 0));
        return true;
    }
}
