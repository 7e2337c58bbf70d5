using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Shop.Members.V1;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tokens;

/// <summary>This service's own tokens, one for each upstream. Thread-safe.</summary>
internal sealed class ServiceTokens
{
    private readonly ConcurrentDictionary<string, ServiceToken> _tokens = new();
    private readonly Func<string, ServiceToken> _create;

    internal ServiceTokens(Func<string, CancellationToken, Task<IssueServiceTokenResponse>> issue, TimeProvider clock, ILogger<ServiceTokens> logger) =>
        _create = audience => new ServiceToken(audience, issue, clock, logger);

    /// <param name="audience">The upstream, such as "inventory".</param>
    /// <exception cref="UnavailableException">There is no valid token, and Members does not issue one.</exception>
    public ValueTask<string> GetAsync(string audience, CancellationToken cancel) => _tokens.GetOrAdd(audience, _create).GetAsync(cancel);

    /// <summary>Discards a token that the upstream has refused; the next call gets a new one.</summary>
    internal void Invalidate(string audience, string token)
    {
        if (_tokens.TryGetValue(audience, out var known))
            known.Invalidate(token);
    }
}
