using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shop.Members.Keys;
using Shop.Members.Tests.Running;

namespace Shop.Members.Tests;

public sealed class KeyPublicationTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task Replicas_that_start_at_once_agree_on_one_key() =>
        Assert.Equal([1], await members.QueryAsync<int>("select count(*)::int from signing_keys"));

    [Fact]
    public async Task Replicas_that_find_a_key_missing_at_the_same_moment_make_one()
    {
        await members.QueryAsync<int>("delete from signing_keys");

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            (i % 2 == 0 ? members.First : members.Second).InScopeAsync<KeyStore>(store => store.RotateAsync(TestContext.Current.CancellationToken))));

        Assert.Equal([1], await members.QueryAsync<int>("select count(*)::int from signing_keys"));
        await Task.WhenAll(members.First.CheckKeysAsync(), members.Second.CheckKeysAsync());
    }

    [Fact]
    public async Task Only_public_parameters_are_published_and_may_be_kept_for_a_while()
    {
        using var answer = await members.First.Http.GetAsync("/.well-known/jwks.json", TestContext.Current.CancellationToken);

        var key = Assert.Single(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("EC", "P-256", "ES256", "sig"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString(), key.GetProperty("alg").GetString(), key.GetProperty("use").GetString()));
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.CacheControl?.MaxAge);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_token_is_checked_with_nothing_but_the_published_keys()
    {
        var tokens = await members.SignInAsync(await members.SignUpAsync());
        var keys = new JsonWebKeySet(await members.Second.Http.GetStringAsync("/.well-known/jwks.json", TestContext.Current.CancellationToken));

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.AccessToken, new()
        {
            ValidIssuer = Replica.Issuer, ValidAudience = "shop", IssuerSigningKeys = keys.Keys, ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        });

        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Fact]
    public async Task A_private_key_in_the_database_is_encrypted()
    {
        var stored = Assert.Single(await members.QueryAsync<byte[]>("select encrypted_private_key from signing_keys"));

        // PKCS #8 names the curve: 1.2.840.10045.3.1.7.
        Assert.True(stored.AsSpan().IndexOf((byte[])[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]) < 0);
    }

    [Fact]
    public void A_private_key_opens_with_its_own_id_and_the_right_key_only()
    {
        var plain = Encoding.ASCII.GetBytes("private");
        var encryption = Encryption(1);
        var stored = encryption.Encrypt("a", plain);

        Assert.Equal(plain, encryption.Decrypt("a", stored));
        Assert.NotEqual(stored, encryption.Encrypt("a", plain));
        Assert.Throws<SigningKeyLostException>(() => encryption.Decrypt("b", stored));
        Assert.Throws<SigningKeyLostException>(() => encryption.Decrypt("a", stored[..20]));
        var lost = Assert.Throws<SigningKeyLostException>(() => Encryption(2).Decrypt("a", stored));
        Assert.Contains("SigningKeys:EncryptionKey does not decrypt signing key a", lost.Message, StringComparison.Ordinal);
        stored[^1] ^= 1;
        Assert.Throws<SigningKeyLostException>(() => encryption.Decrypt("a", stored));
    }

    private static KeyEncryption Encryption(byte key) => new(Options.Create(new SigningKeyOptions { EncryptionKey = Convert.ToBase64String(Enumerable.Repeat(key, 32).ToArray()) }));
}
