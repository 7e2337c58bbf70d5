using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>Gives every endpoint its address before anything runs.</summary>
internal sealed class EndpointAllocator(IDcp dcp, DcpOptions options)
{
    public async Task AllocateAsync(IEnumerable<IResource> resources, CancellationToken cancel)
    {
        var endpoints = resources.OfType<IResourceWithEndpoints>().Where(r => r is not ContainerResource)
            .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (Owner: r, Endpoint: e)))
            .Where(e => e.Endpoint.AllocatedEndpoint is null)
            .ToArray();
        Check(endpoints);

        var taken = endpoints.Select(e => e.Endpoint.Port).OfType<int>().ToHashSet();
        await Task.WhenAll(endpoints.Select(e => e.Endpoint.IsProxied
            ? AllocateProxiedAsync(e.Owner, e.Endpoint, cancel)
            : AllocateDirectAsync(e.Owner, e.Endpoint, taken, cancel))).ConfigureAwait(false);
    }

    /// <summary>The orchestrator's name of the proxy before an endpoint.</summary>
    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) =>
        resource.Annotations.OfType<EndpointAnnotation>().Count() > 1 ? $"{resource.Name}-{endpoint.Name}" : resource.Name;

    private static void Check((IResourceWithEndpoints Owner, EndpointAnnotation Endpoint)[] endpoints)
    {
        foreach (var (owner, endpoint) in endpoints.Where(e => e.Owner.GetReplicaCount() > 1))
        {
            if (!endpoint.IsProxied)
                throw new DistributedApplicationException($"Resource '{owner.Name}' uses multiple replicas and a proxy-less endpoint '{endpoint.Name}'. These features do not work together.");
            if (endpoint.TargetPort is not null)
                throw new DistributedApplicationException($"Resource '{owner.Name}' has multiple replicas, but its endpoint '{endpoint.Name}' has a fixed target port: only one process can listen there.");
        }

        foreach (var (owner, endpoint) in endpoints.Where(e => e.Endpoint.IsProxied && e.Endpoint.Port is { } port && port == e.Endpoint.TargetPort))
        {
            throw new DistributedApplicationException(
                $"The endpoint '{endpoint.Name}' for resource '{owner.Name}' requested a proxy, but its port and target port are the same ({endpoint.Port}). Use different ports, or isProxied: false.");
        }
    }

    private async Task AllocateProxiedAsync(IResource owner, EndpointAnnotation endpoint, CancellationToken cancel)
    {
        var port = options.RandomizePorts ? null : endpoint.Port;
        if (port is { } wanted)
            await Ports.EnsureFreeAsync(wanted, owner.Name, cancel).ConfigureAwait(false);

        var name = ServiceName(owner, endpoint);
        var service = await dcp.CreateServiceAsync(DcpApi.Service(name, new ServiceSpec("TCP", port, endpoint.TargetHost)), cancel).ConfigureAwait(false);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint,
            Address(endpoint),
            service.Status!.EffectivePort!.Value,
            targetPortExpression: $$$"""{{- portForServing "{{{name}}}" -}}""");
    }

    /// <summary>The program itself listens where others connect.</summary>
    private static async Task AllocateDirectAsync(IResource owner, EndpointAnnotation endpoint, HashSet<int> taken, CancellationToken cancel)
    {
        if (endpoint.Port is { } fixedPort)
        {
            await Ports.EnsureFreeAsync(fixedPort, owner.Name, cancel).ConfigureAwait(false);
        }
        else
        {
            lock (taken)
                endpoint.Port = Ports.PickFree(taken);
        }

        var port = endpoint.Port!.Value;
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint, Address(endpoint), port, targetPortExpression: (endpoint.TargetPort ?? port).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>One cannot connect to "all addresses".</summary>
    private static string Address(EndpointAnnotation endpoint) => endpoint.TargetHost is "0.0.0.0" or "::" or "[::]" or "*" or "+" ? "localhost" : endpoint.TargetHost;
}
