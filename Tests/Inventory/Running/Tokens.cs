using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Tests.Running;

/// <summary>Stands for Members: issues tokens and knows their key.</summary>
public sealed class Tokens : ITokenKeys
{
    public const string Issuer = "https://members.test";

    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    public IReadOnlyList<SecurityKey> Known => [_key];

    public ValueTask<bool> EnsureAsync(string? keyId, CancellationToken cancel) => ValueTask.FromResult(true);

    public string Operator() => Issue(Guid.CreateVersion7().ToString(), "operator", "shop");

    public string Member() => Issue(Guid.CreateVersion7().ToString(), "member", "shop");

    public string Service(string name) => Issue(name, "service", "inventory");

    private string Issue(string subject, string role, string audience)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddMinutes(14),
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["role"] = role },
            SigningCredentials = new(_key, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
