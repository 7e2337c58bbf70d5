using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Access;

/// <summary>
/// Checks a token once and caches the result: services send the same token with every call for minutes, and checking the signature costs more than the rest of a small
/// call. A cached result is valid as long as the token and its key.
/// </summary>
internal sealed class RememberingTokenHandler(JsonWebTokenHandler checks, ITokenKeys keys, TimeSpan skew, TimeProvider clock) : TokenHandler
{
    private const int Capacity = 1000;
    private readonly RecentTokens _recent = new(Capacity);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_recent.Find(token) is { } known && StillCounts(known))
        {
            // Starts a fetch of old keys, without waiting: with cached tokens only, nothing else would, and a withdrawn key would stay accepted.
            await keys.EnsureAsync(((JsonWebToken)known.SecurityToken).Kid, CancellationToken.None).ConfigureAwait(false);
            return known;
        }

        JsonWebToken parsed;
        try
        {
            parsed = new JsonWebToken(token);
        }
        catch (ArgumentException failure)
        {
            return Invalid(failure);
        }

        // Tokens without key id or with another algorithm are refused without fetching keys or trying each: unauthenticated callers must not cause such work.
        var mayCount = parsed.Alg == SecurityAlgorithms.EcdsaSha256 && parsed.Kid is { Length: > 0 };
        if (mayCount && !await keys.EnsureAsync(parsed.Kid, CancellationToken.None).ConfigureAwait(false))
            return Invalid(new TokenKeysUnavailableException());

        var result = await checks.ValidateTokenAsync(parsed, validationParameters).ConfigureAwait(false);
        if (result.IsValid)
            _recent.Add(token, result);

        return result;
    }

    public override SecurityToken ReadToken(string token) => checks.ReadToken(token);

    private bool StillCounts(TokenValidationResult known) =>
        known.SecurityToken is JsonWebToken token && clock.GetUtcNow().UtcDateTime < token.ValidTo + skew && keys.Known.Any(key => key.KeyId == token.Kid);

    private static TokenValidationResult Invalid(Exception failure) => new() { IsValid = false, Exception = failure };
}
