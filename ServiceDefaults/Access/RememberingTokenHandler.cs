using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Access;

/// <summary>
/// Checks a token once and remembers the result: services send the same one with every call for minutes,
/// and a signature costs more than all the rest of a small call.
/// What is remembered counts no longer than the token, and no longer than its key.
/// </summary>
internal sealed class RememberingTokenHandler(JsonWebTokenHandler checks, ITokenKeys keys, TimeSpan skew, TimeProvider clock) : TokenHandler
{
    private const int Capacity = 1000;
    private readonly RecentTokens _recent = new(Capacity);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_recent.Find(token) is { } known && StillCounts(known))
        {
            // Fetches keys that are old, without waiting. Where only tokens come that came before, nothing else would, and a key that was taken back would count on.
            await keys.EnsureAsync(((JsonWebToken)known.SecurityToken).Kid, CancellationToken.None).ConfigureAwait(false);
            return known;
        }

        JsonWebToken parsed;
        try
        {
            parsed = new JsonWebToken(token);
        }
        catch (ArgumentException malformed)
        {
            return Invalid(malformed);
        }

        // Without key id no key: trying them all would let strangers make us work. An algorithm that cannot count is no reason to ask for keys.
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
