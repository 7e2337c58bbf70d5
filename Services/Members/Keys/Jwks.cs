using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Keys;

/// <summary>The public keys (RFC 7517).</summary>
internal static class Jwks
{
    // Much shorter than SigningKeys:PublishBefore.
    private const string CacheFor = "public, max-age=300";

    public static void MapJwks(this WebApplication app) =>
        app.MapGet("/.well-known/jwks.json", Get).AllowAnyone();

    private static JsonHttpResult<KeySet> Get(KeyRing ring, HttpResponse response)
    {
        if (ring.IsEmpty)
            throw new UnavailableException("The signing keys are not loaded yet.", TimeSpan.FromSeconds(1));

        response.Headers.CacheControl = CacheFor;
        return TypedResults.Json(new KeySet([.. ring.Known.OfType<ECDsaSecurityKey>().Select(PublicKey.Of)]));
    }

    /// <summary>The fields are listed one by one, so that no private parameter is published.</summary>
    private sealed record PublicKey(string Kty, string Use, string Alg, string Kid, string Crv, string X, string Y)
    {
        public static PublicKey Of(ECDsaSecurityKey key)
        {
            var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
            return new("EC", "sig", SecurityAlgorithms.EcdsaSha256, key.KeyId, JsonWebKeyECTypes.P256,
                Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        }
    }

    private sealed record KeySet(IReadOnlyList<PublicKey> Keys);
}
