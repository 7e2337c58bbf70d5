using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery.PassThrough;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// All services that have been looked for. Their number is that of the names in a program's own code, so none is
/// ever forgotten (the official package drops one that has not been used for some seconds).
/// </summary>
internal sealed class ServiceLookups(
    IEnumerable<IServiceEndpointProviderFactory> factories, IOptions<ServiceDiscoveryOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ServiceLookup> _byName = new();

    // Whatever the order of registration, pass-through comes last: it always finds something.
    private readonly IServiceEndpointProviderFactory[] _factories = [.. factories.OrderBy(f => f is PassThroughServiceEndpointProviderFactory)];

    public ServiceLookup Get(string serviceName) => _byName.GetOrAdd(serviceName, Create);

    private ServiceLookup Create(string serviceName)
    {
        if (!ServiceEndpointQuery.TryParse(serviceName, out var query))
        {
            throw new ArgumentException($"'{serviceName}' is not a valid service name. It must be a valid URI.", nameof(serviceName));
        }

        var providers = new List<IServiceEndpointProvider>();
        foreach (var factory in _factories)
        {
            if (factory.TryCreateProvider(query, out var provider))
            {
                providers.Add(provider);
            }
        }

        return providers.Count > 0
            ? new ServiceLookup(providers, time, options.Value.RefreshPeriod)
            : throw new InvalidOperationException($"No provider which supports the provided service name, '{serviceName}', has been configured.");
    }
}
