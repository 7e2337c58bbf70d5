using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Gateway.Tests.Fakes;

/// <summary>Makes tokens as Members would, and those that Members would not.</summary>
public sealed class TokenMaker
{
    public const string Issuer = "https://shop.test";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Jwks()
    {
        var point = _key.ExportParameters(false).Q;
        return $$"""{"keys":[{"kty":"EC","use":"sig","alg":"ES256","crv":"P-256","kid":"k1","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}""";
    }

    public string Member(Guid? id = null) => Make((id ?? Guid.CreateVersion7()).ToString(), "member", "shop");

    public string Operator() => Make(Guid.CreateVersion7().ToString(), "operator", "shop");

    public string Service(string name, string audience) => Make(name, "service", audience);

    public string Make(
        string subject, string role, string audience, string issuer = Issuer, TimeSpan? expiresIn = null, ECDsa? key = null, string kid = "k1")
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var expires = now + (expiresIn ?? TimeSpan.FromMinutes(15));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = expires - TimeSpan.FromMinutes(15),
            Expires = expires,
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["role"] = role, ["jti"] = Guid.CreateVersion7().ToString() },
            SigningCredentials = new(new ECDsaSecurityKey(key ?? _key) { KeyId = kid }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>The same claims under an algorithm that needs no key of ours.</summary>
    public string WithoutSignature(string role)
    {
        var payload = new JsonWebToken(Make(Guid.CreateVersion7().ToString(), role, "shop")).EncodedPayload;
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT","kid":"k1"}""")}.{payload}.";
    }

    /// <summary>Signed with the public key as if it were a shared secret.</summary>
    public string SignedWithThePublicKey(string role)
    {
        var payload = new JsonWebToken(Make(Guid.CreateVersion7().ToString(), role, "shop")).EncodedPayload;
        var head = Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"JWT","kid":"k1"}""");
        var signature = HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), System.Text.Encoding.ASCII.GetBytes($"{head}.{payload}"));
        return $"{head}.{payload}.{Base64UrlEncoder.Encode(signature)}";
    }
}
