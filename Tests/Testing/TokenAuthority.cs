using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Testing;

/// <summary>Replaces Members: issues tokens and has their key.</summary>
public sealed class TokenAuthority(TimeProvider? clock = null) : ITokenKeys
{
    public const string Issuer = "https://members.test";

    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    public IReadOnlyList<SecurityKey> Known => [_key];

    public ValueTask<bool> EnsureAsync(string? keyId, CancellationToken cancel) => ValueTask.FromResult(true);

    public string Member(Guid? id = null) => Issue((id ?? Guid.CreateVersion7()).ToString(), "member", "shop");

    public string Operator() => Issue(Guid.CreateVersion7().ToString(), "operator", "shop");

    /// <summary>A token with which <paramref name="name"/> calls <paramref name="audience"/>.</summary>
    public string Service(string name, string audience) => Issue(name, "service", audience);

    private string Issue(string subject, string role, string audience)
    {
        var now = (clock ?? TimeProvider.System).GetUtcNow().UtcDateTime;
        // Like Members: without a not-before time, because clocks differ.
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now.AddMinutes(14),
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["role"] = role },
            SigningCredentials = new(_key, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
