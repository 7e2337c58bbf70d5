using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shop.Members.Keys;

namespace Shop.Members.Tokens;

internal sealed record AccessToken(string Value, int ExpiresInSeconds);

/// <summary>Issues ES256 access tokens with subject, role, audience and expiry, and no personal data.</summary>
internal sealed class TokenIssuer(KeyRing keys, IOptions<IssuingOptions> options, TimeProvider clock)
{
    /// <summary>The audience of members' tokens: every service accepts it.</summary>
    public const string Shop = "shop";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public AccessToken Issue(string subject, string role, string audience)
    {
        var (now, lifetime) = (clock.GetUtcNow().UtcDateTime, options.Value.AccessTokenLifetime);
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now + lifetime,
            SigningCredentials = keys.Credentials,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = subject,
                ["role"] = role,
                [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            },
        });
        return new(token, (int)lifetime.TotalSeconds);
    }
}
