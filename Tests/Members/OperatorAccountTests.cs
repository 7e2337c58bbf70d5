using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Members.Tests.Running;
using Shop.Testing;

namespace Shop.Members.Tests;

public sealed class OperatorAccountTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task A_new_password_in_the_configuration_replaces_the_old_one_and_ends_its_sessions()
    {
        var old = await members.SignInAsync(new(Replica.OperatorEmail, Replica.OperatorPassword));

        await using var later = await members.CreateReplicaAsync(("Operator:Password", "another password"));

        await Eventually.TrueAsync(async () => await StatusAsync(Replica.OperatorEmail, "another password") == StatusCode.OK, "the new password is good");
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(Replica.OperatorEmail, Replica.OperatorPassword));
        Assert.Equal(StatusCode.Unauthenticated, await members.Gateway.RefreshAsync(new() { RefreshToken = old.RefreshToken }).StatusAsync());
    }

    [Fact]
    public async Task Another_address_in_the_configuration_makes_a_member_of_the_former_operator()
    {
        var person = await members.SignUpAsync();

        await using var later = await members.CreateReplicaAsync(("Operator:Email", person.Email.ToUpperInvariant()), ("Operator:Password", "another password"));

        await Eventually.TrueAsync(
            async () => (await members.QueryAsync<string>("select id::text from accounts where role = 'operator'")) is [var id] && id == person.Id, "there is one operator");
        var tokens = await members.SignInAsync(person with { Password = "another password" });
        Assert.Equal("operator", new JsonWebToken(tokens.AccessToken).GetClaim("role").Value);
    }

    private Task<StatusCode> StatusAsync(string email, string password) =>
        members.Gateway.SignInAsync(new() { Email = email, Password = password, ClientAddress = members.SomeClient() }).StatusAsync();
}
