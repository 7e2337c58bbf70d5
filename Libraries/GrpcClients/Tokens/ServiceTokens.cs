using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shop.Members.V1;
using Shop.ServiceDefaults.Access;

namespace Shop.GrpcClients.Tokens;

/// <summary>This service's own tokens, one for each service it calls. Upstreams get theirs by themselves.</summary>
internal sealed class ServiceTokens
{
    private readonly ConcurrentDictionary<string, ServiceToken> _tokens = new();
    private readonly Func<string, ServiceToken> _create;

    internal ServiceTokens(Func<string, CancellationToken, Task<IssueServiceTokenResponse>> issue, TimeProvider clock, ILogger<ServiceTokens> logger) =>
        _create = audience => new ServiceToken(audience, issue, clock, logger);

    /// <param name="audience">The service that will be called: "inventory".</param>
    /// <exception cref="UnavailableException">There is none, and Members does not hand one out now.</exception>
    public ValueTask<string> GetAsync(string audience, CancellationToken cancel) => _tokens.GetOrAdd(audience, _create).GetAsync(cancel);

    /// <summary>The upstream did not accept this token; the next call gets another one.</summary>
    internal void Invalidate(string audience, string token)
    {
        if (_tokens.TryGetValue(audience, out var known))
            known.Invalidate(token);
    }
}
