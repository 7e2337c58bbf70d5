using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Members.V1;

namespace Shop.ServiceDefaults.Tests.Access;

/// <summary>Three processes as in the composition: one calls another, and both know of Members only its name.</summary>
public sealed class MembersChainTests
{
    private readonly TestTokens _tokens = new();

    [Fact]
    public async Task A_call_is_made_with_a_token_from_members_and_checked_with_keys_from_members()
    {
        await using var members = await MembersAsync();
        await using var called = await RunningService.StartAsync(builder => builder.Configuration.AddInMemoryCollection(Addresses(members, null)), asksMembers: true);
        await using var calling = await CallingAsync(members, called);
        var client = calling.Services.GetRequiredService<V1.ProbeService.ProbeServiceClient>();

        await client.ForGatewayAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        await client.ForGatewayAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Caller.OfService("gateway"), called.Probe.LastCaller);
        Assert.Equal(1, members.Services.GetRequiredService<FakeMembers>().Issued);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_as_a_callee_that_cannot_be_called()
    {
        await using var members = await MembersAsync();
        await using var called = await RunningService.StartAsync(tokens: _tokens);
        await using var calling = await CallingAsync(members, called, secret: "wrong");
        var client = calling.Services.GetRequiredService<V1.ProbeService.ProbeServiceClient>();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((StatusCode.Unavailable, "service_token_unavailable"), (error.StatusCode, error.Reason()));
        Assert.Empty(called.Probe.Calls);
    }

    private Task<RunningService> MembersAsync() => RunningService.StartAsync(
        builder => builder.Services.AddSingleton(new FakeMembers(_tokens)),
        app =>
        {
            app.MapGrpcService<FakeMembers>();
            app.MapGet("/.well-known/jwks.json", (HttpContext context) => context.Response.WriteAsync(_tokens.Jwks())).AllowAnyone();
        },
        _tokens);

    private static Task<RunningService> CallingAsync(RunningService members, RunningService called, string secret = "secret") => RunningService.StartAsync(
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(Addresses(members, called));
            builder.Configuration["Tokens:ClientId"] = "gateway";
            builder.Configuration["Tokens:ClientSecret"] = secret;
            builder.AddCallee<V1.ProbeService.ProbeServiceClient>(RunningService.Name);
        },
        asksMembers: true);

    private static Dictionary<string, string?> Addresses(RunningService members, RunningService? called) => new()
    {
        ["services:members:http:0"] = members.Http.BaseAddress!.ToString(),
        ["services:members:grpc:0"] = members.GrpcAddress,
        [$"services:{RunningService.Name}:grpc:0"] = called?.GrpcAddress,
    };

    private sealed class FakeMembers(TestTokens tokens) : MembersService.MembersServiceBase
    {
        public int Issued { get; private set; }

        [AllowAnyone]
        public override Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context)
        {
            if (request.ClientSecret != "secret")
                throw new UnauthenticatedException("Wrong id or secret.");

            Issued++;
            return Task.FromResult(new IssueServiceTokenResponse { AccessToken = tokens.Service(request.ClientId, request.Audience), ExpiresIn = 900 });
        }
    }
}
