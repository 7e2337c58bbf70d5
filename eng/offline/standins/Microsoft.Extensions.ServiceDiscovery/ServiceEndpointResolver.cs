namespace Microsoft.Extensions.ServiceDiscovery;

public sealed class ServiceEndpointResolver : IAsyncDisposable
{
    private readonly ServiceLookups _lookups;
    private volatile bool _disposed;

    internal ServiceEndpointResolver(ServiceLookups lookups) => _lookups = lookups;

    public async ValueTask<ServiceEndpointSource> GetEndpointsAsync(string serviceName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceName);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return await _lookups.Get(serviceName).GetAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return default;
    }
}
