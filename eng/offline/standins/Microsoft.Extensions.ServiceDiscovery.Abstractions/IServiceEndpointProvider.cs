namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>One way to find a service's endpoints. Providers are asked in their order and see what the earlier ones have found.</summary>
public interface IServiceEndpointProvider : IAsyncDisposable
{
    ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken);
}
