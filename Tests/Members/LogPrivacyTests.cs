using Grpc.Core;
using Shop.Members.Tests.Running;

namespace Shop.Members.Tests;

public sealed class LogPrivacyTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task Neither_passwords_nor_tokens_nor_keys_nor_addresses_are_logged_at_any_level()
    {
        members.Log.IsListening = true;
        await using var replica = await members.CreateReplicaAsync();
        var gateway = await replica.AsServiceAsync("gateway");
        const string Wrong = "a password nobody has";

        var person = await members.SignUpAsync();
        await gateway.SignUpAsync(new() { Email = person.Email, Password = person.Password, Name = "김하나", Language = "ko" }).RefusedAsync(StatusCode.AlreadyExists);
        await gateway.SignInAsync(new() { Email = person.Email, Password = Wrong }).RefusedAsync(StatusCode.Unauthenticated);
        var first = await members.SignInAsync(person);
        var second = (await gateway.RefreshAsync(new() { RefreshToken = first.RefreshToken })).Tokens;
        await gateway.RefreshAsync(new() { RefreshToken = first.RefreshToken }).RefusedAsync(StatusCode.Unauthenticated);
        await replica.Client(second.AccessToken).GetProfileAsync(new());
        var forged = second.AccessToken[..^10] + "AAAAAAAAAA";
        await replica.Client(forged).GetProfileAsync(new()).RefusedAsync(StatusCode.Unauthenticated);
        await replica.Anonymous.IssueServiceTokenAsync(new() { ClientId = "gateway", ClientSecret = Wrong, Audience = "members" }).RefusedAsync(StatusCode.Unauthenticated);
        var log = members.Log.Text;

        // The collection works: there are entries of the requests, the database and Members.
        Assert.Contains("/shop.members.v1.MembersService/SignIn", log, StringComparison.Ordinal);
        Assert.Contains("insert into guessed_accounts", log, StringComparison.Ordinal);
        Assert.Contains("was used twice: session", log, StringComparison.Ordinal);
        string[] secrets =
        [
            person.Password, Wrong, person.Email, Replica.OperatorPassword, Replica.EncryptionKey, Replica.SecretOf("gateway"), members.DatabasePassword,
            first.RefreshToken, second.RefreshToken, Signature(first.AccessToken), Signature(second.AccessToken), forged,
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase));
    }

    // The token's signature: the rest is only subject, audience and expiry.
    private static string Signature(string token) => token.Split('.')[2];
}
