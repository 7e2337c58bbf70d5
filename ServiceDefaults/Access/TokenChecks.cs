using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Access;

/// <summary>The conditions of a valid token: ES256 by a key of Members, the issuer, the shop or this service as audience, and the expiry.</summary>
internal sealed class TokenChecks(IOptions<AccessOptions> options, ITokenKeys keys, TimeProvider clock) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions jwt) => Configure(JwtBearerDefaults.AuthenticationScheme, jwt);

    public void Configure(string? name, JwtBearerOptions jwt)
    {
        if (name != JwtBearerDefaults.AuthenticationScheme)
            return;

        var access = options.Value;
        jwt.MapInboundClaims = false;
        jwt.SaveToken = false;
        // Keys come from ITokenKeys: the built-in lookup fetches in the background and refuses the first token of a new key.
        jwt.RefreshOnIssuerKeyNotFound = false;
        jwt.TokenHandlers.Clear();
        jwt.TokenHandlers.Add(new RememberingTokenHandler(new JsonWebTokenHandler { MapInboundClaims = false }, keys, access.ClockSkew, clock));
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidIssuer = access.Issuer,
            ValidAudiences = [AccessOptions.ShopAudience, access.ClientId],
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Known.Where(key => key.KeyId == keyId),
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires, access.ClockSkew),
            NameClaimType = "sub",
            RoleClaimType = "role",
        };
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + skew && (notBefore is null || now >= notBefore - skew);
    }
}
