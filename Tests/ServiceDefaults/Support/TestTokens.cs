using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults.Tests.Support;

/// <summary>A token issuer with rotating keys, like Members.</summary>
internal sealed class TestTokens : ITokenKeys
{
    public const string Issuer = "https://members.test";

    private readonly List<SecurityKey> _public = [];
    private ECDsaSecurityKey _signing = null!;

    public TestTokens() => Rotate();

    public IReadOnlyList<SecurityKey> Known => _public;

    public bool IsAway { get; set; }

    public ECDsaSecurityKey SigningKey => _signing;

    public ValueTask<bool> EnsureAsync(string? keyId, CancellationToken cancel) => ValueTask.FromResult(!IsAway);

    public void Rotate()
    {
        _signing = NewKey();
        _public.Add(PublicHalf(_signing));
    }

    public void TakeBack(string keyId) => _public.RemoveAll(key => key.KeyId == keyId);

    public string Jwks() => $$"""{"keys":[{{string.Join(",", _public.Cast<ECDsaSecurityKey>().Select(Jwk))}}]}""";

    public string Member(Guid id) => Issue(id.ToString(), "member", "shop");

    public string Operator(Guid id) => Issue(id.ToString(), "operator", "shop");

    public string Service(string name, string audience) => Issue(name, "service", audience);

    public string Issue(
        string subject, string role, string audience, string issuer = Issuer, TimeSpan? expiresIn = null, DateTimeOffset? now = null, SigningCredentials? by = null,
        bool hasNotBefore = true)
    {
        var start = (now ?? TimeProvider.System.GetUtcNow()).UtcDateTime;
        var end = start + (expiresIn ?? TimeSpan.FromMinutes(15));

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = end.AddMinutes(-15),
            NotBefore = hasNotBefore ? end.AddMinutes(-15) : null,
            Expires = end,
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["role"] = role },
            SigningCredentials = by ?? new SigningCredentials(_signing, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public static ECDsaSecurityKey NewKey(string? keyId = null) =>
        new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = keyId ?? Guid.CreateVersion7().ToString("N") };

    private static ECDsaSecurityKey PublicHalf(ECDsaSecurityKey key) => new(ECDsa.Create(key.ECDsa.ExportParameters(includePrivateParameters: false))) { KeyId = key.KeyId };

    private static string Jwk(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"{{key.KeyId}}","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}""";
    }
}
