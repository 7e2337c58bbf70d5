using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Access;

/// <summary>
/// Members' keys, fetched when first needed, when an unknown key id arrives, and when they are old. Keys are kept while Members is unavailable: otherwise all users
/// would be signed out.
/// </summary>
internal sealed partial class TokenKeys(IHttpClientFactory clients, IOptions<AccessOptions> options, TimeProvider clock, ILogger<TokenKeys> logger) : ITokenKeys
{
    public const string HttpClient = "Shop.TokenKeys";

    private readonly Lock _lock = new();
    private volatile IReadOnlyList<SecurityKey>? _keys;
    private Task _fetch = Task.CompletedTask;
    private long? _fetchedAt;
    private long? _triedAt;

    public IReadOnlyList<SecurityKey> Known => _keys ?? [];

    public async ValueTask<bool> EnsureAsync(string? keyId, CancellationToken cancel)
    {
        if (Known.Any(key => key.KeyId == keyId))
        {
            if (AreOld())
                _ = Fetch();
        }
        else
        {
            await Fetch().WaitAsync(cancel).ConfigureAwait(false);
        }

        return _keys is not null;
    }

    private bool AreOld()
    {
        lock (_lock)
            return _fetchedAt is { } then && clock.GetElapsedTime(then) > options.Value.KeyCacheDuration;
    }

    /// <summary>One fetch at a time, with KeyRefreshInterval between two; requests in between get the known keys.</summary>
    private Task Fetch()
    {
        lock (_lock)
        {
            if (!_fetch.IsCompleted || (_triedAt is { } then && clock.GetElapsedTime(then) < options.Value.KeyRefreshInterval))
                return _fetch;

            _triedAt = clock.GetTimestamp();
            // Independent of the first request's context: other requests wait for the same fetch.
            using (ExecutionContext.SuppressFlow())
                return _fetch = Task.Run(FetchAsync);
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            using var client = clients.CreateClient(HttpClient);
            var json = await client.GetStringAsync(options.Value.JwksAddress).ConfigureAwait(false);
            var keys = new JsonWebKeySet(json).Keys.Where(IsUsable).ToArray();

            _keys = keys;
            lock (_lock)
                _fetchedAt = clock.GetTimestamp();
            LogFetched(keys.Length, options.Value.JwksAddress);
        }
        catch (Exception failure)
        {
            LogFailed(failure, options.Value.JwksAddress);
        }
    }

    private static bool IsUsable(JsonWebKey key) =>
        key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: "P-256", KeyId.Length: > 0 }
            and { Use: null or "" or "sig", Alg: null or "" or SecurityAlgorithms.EcdsaSha256 };

    [LoggerMessage(LogLevel.Debug, "{Count} token keys from {Address}")]
    private partial void LogFetched(int count, Uri address);

    [LoggerMessage(LogLevel.Warning, "No token keys could be fetched from {Address}; known keys stay valid")]
    private partial void LogFailed(Exception failure, Uri address);
}
