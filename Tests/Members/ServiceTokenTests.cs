using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Members.Tests.Running;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Tests;

public sealed class ServiceTokenTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task A_service_gets_a_token_for_one_other()
    {
        var answer = await IssueAsync("ordering", Replica.SecretOf("ordering"), "inventory");

        var token = new JsonWebToken(answer.AccessToken);
        Assert.Equal(("ordering", "inventory", "service"), (token.Subject, Assert.Single(token.Audiences), token.GetClaim("role").Value));
        Assert.Equal(900, answer.ExpiresIn);
    }

    [Theory]
    [InlineData("ordering", "the secret of inventory")]
    [InlineData("ordering", "x")]
    [InlineData("nobody", "the secret of nobody")]
    [InlineData("Ordering", "the secret of ordering")]
    public async Task A_wrong_id_or_secret_gets_none(string service, string secret)
    {
        var refusal = await IssueAsync(service, secret, "inventory").RefusedAsync(StatusCode.Unauthenticated);

        Assert.Equal("invalid_client", refusal.Reason());
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("elsewhere")]
    public async Task An_audience_is_a_service_of_the_shop(string audience)
    {
        var refusal = await IssueAsync("ordering", Replica.SecretOf("ordering"), audience).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["audience"], refusal.Fields());
    }

    [Fact]
    public async Task A_service_has_no_profile()
    {
        var forMembers = await IssueAsync("ordering", Replica.SecretOf("ordering"), "members");
        var forOthers = await IssueAsync("ordering", Replica.SecretOf("ordering"), "inventory");

        Assert.Equal(StatusCode.PermissionDenied, await members.First.Client(forMembers.AccessToken).GetProfileAsync(new()).StatusAsync());
        Assert.Equal(StatusCode.Unauthenticated, await members.First.Client(forOthers.AccessToken).GetProfileAsync(new()).StatusAsync());
        Assert.Equal(StatusCode.Unauthenticated, await members.First.Anonymous.GetProfileAsync(new()).StatusAsync());
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named() =>
        Assert.Equal(["audience", "clientId", "clientSecret"], (await IssueAsync("", "", "").RefusedAsync(StatusCode.InvalidArgument)).Fields());

    private AsyncUnaryCall<IssueServiceTokenResponse> IssueAsync(string service, string secret, string audience) =>
        members.First.Anonymous.IssueServiceTokenAsync(new() { ClientId = service, ClientSecret = secret, Audience = audience });
}
