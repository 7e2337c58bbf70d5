using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>The endpoints of one service: found when first wanted, and again when they are out of date.</summary>
internal sealed class ServiceLookup(IReadOnlyList<IServiceEndpointProvider> providers, TimeProvider time, TimeSpan refreshPeriod)
{
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Found? _found;
    private uint _next;

    public async ValueTask<ServiceEndpointSource> GetAsync(CancellationToken cancellationToken)
    {
        if (_found is { } found && IsFresh(found))
        {
            return found.Source;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_found is not { } other || !IsFresh(other))
            {
                _found = new Found(await FindAsync(cancellationToken).ConfigureAwait(false), time.GetTimestamp());
            }

            return _found.Source;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One of them, in turn.</summary>
    public async ValueTask<ServiceEndpoint> GetOneAsync(CancellationToken cancellationToken)
    {
        var endpoints = (await GetAsync(cancellationToken).ConfigureAwait(false)).Endpoints;
        return endpoints.Count > 0
            ? endpoints[(int)(Interlocked.Increment(ref _next) % endpoints.Count)]
            : throw new InvalidOperationException("The endpoint collection contains no endpoints");
    }

    private bool IsFresh(Found found) =>
        !found.Source.ChangeToken.HasChanged &&
        (found.Source.ChangeToken.ActiveChangeCallbacks || time.GetElapsedTime(found.At) < refreshPeriod);

    private async Task<ServiceEndpointSource> FindAsync(CancellationToken cancellationToken)
    {
        var builder = new Builder();
        foreach (var provider in providers)
        {
            await provider.PopulateAsync(builder, cancellationToken).ConfigureAwait(false);
        }

        return new ServiceEndpointSource([.. builder.Endpoints], new CompositeChangeToken(builder.ChangeTokens), builder.Features);
    }

    private sealed record Found(ServiceEndpointSource Source, long At);

    private sealed class Builder : IServiceEndpointBuilder
    {
        public List<IChangeToken> ChangeTokens { get; } = [];

        public IList<ServiceEndpoint> Endpoints { get; } = [];

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void AddChangeToken(IChangeToken changeToken) => ChangeTokens.Add(changeToken);
    }
}
