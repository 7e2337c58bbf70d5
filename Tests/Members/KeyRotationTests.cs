using System.Security.Cryptography;
using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shop.Members.Keys;
using Shop.Members.Tests.Running;

namespace Shop.Members.Tests;

public sealed class KeyRotationTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task Keys_rotate_and_nobody_is_signed_out()
    {
        var person = await members.SignUpAsync();
        var kid = KidOf(await TokenAsync());
        Assert.Equal([kid], await PublishedAsync());

        // One day ahead the next key is published, and does not sign yet.
        members.Clock.Advance(TimeSpan.FromDays(29) + TimeSpan.FromMinutes(5));
        await CheckAsync();
        Assert.Equal(2, (await PublishedAsync()).Length);
        var lastOfTheOld = await TokenAsync();
        Assert.Equal(kid, KidOf(lastOfTheOld));

        // Then it signs, on every replica, and the tokens of the old key stay valid.
        members.Clock.Advance(TimeSpan.FromDays(1));
        var firstOfTheNew = await TokenAsync();
        Assert.NotEqual(kid, KidOf(firstOfTheNew));
        Assert.Equal(KidOf(firstOfTheNew), KidOf(await members.Second.Services.GetRequiredService<Tokens.TokenIssuer>().IssueAsync()));
        Assert.Contains(kid, await PublishedAsync());

        var stillGood = await TokenOfOldKeyAsync(kid);
        Assert.Equal(StatusCode.OK, await members.First.Client(stillGood).GetProfileAsync(new()).StatusAsync());

        // When all tokens of the old key have expired, it is removed.
        members.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(10));
        await CheckAsync();
        Assert.DoesNotContain(kid, await PublishedAsync());
        Assert.Equal([1], await members.QueryAsync<int>("select count(*)::int from signing_keys"));

        async Task<string> TokenAsync() => (await members.SignInAsync(person)).AccessToken;

        // A token of the old key, signed just before the change by a replica that has not reloaded yet.
        async Task<string> TokenOfOldKeyAsync(string id)
        {
            var row = (await members.QueryAsync<(byte[] Sealed, bool _)>("select encrypted_private_key, true from signing_keys where id = @id", new { id })).Single();
            using var pair = ECDsa.Create();
            pair.ImportPkcs8PrivateKey(members.First.Services.GetRequiredService<KeyEncryption>().Decrypt(id, row.Sealed), out _);
            var now = members.Clock.GetUtcNow().UtcDateTime;
            return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Replica.Issuer, Audience = "shop", IssuedAt = now, Expires = now.AddMinutes(15),
                Claims = new Dictionary<string, object> { ["sub"] = person.Id, ["role"] = "member" },
                SigningCredentials = new(new ECDsaSecurityKey(pair) { KeyId = id }, SecurityAlgorithms.EcdsaSha256),
            });
        }
    }

    private async Task CheckAsync()
    {
        // The rotation is due on both replicas at the same time.
        await Task.WhenAll(members.First.CheckKeysAsync(), members.Second.CheckKeysAsync());
        await Task.WhenAll(members.First.CheckKeysAsync(), members.Second.CheckKeysAsync());
    }

    private async Task<string[]> PublishedAsync()
    {
        var sets = await Task.WhenAll(members.First.Http.GetStringAsync("/.well-known/jwks.json"), members.Second.Http.GetStringAsync("/.well-known/jwks.json"));
        Assert.Equal(sets[0], sets[1]);
        return [.. JsonDocument.Parse(sets[0]).RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }

    private static string KidOf(string token) => new JsonWebToken(token).Kid;
}

internal static class Issuing
{
    public static Task<string> IssueAsync(this Tokens.TokenIssuer issuer) => Task.FromResult(issuer.Issue("x", "member", "shop").Value);
}
