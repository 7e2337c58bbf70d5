using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.GrpcClients.Tests.Tokens;

/// <summary>Three services as in the AppHost: one calls another, and both find Members by name.</summary>
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

    /// <summary>Clocks five minutes apart: for the upstream the token has expired, for the caller and Members it has four minutes left.</summary>
    [Fact]
    public async Task An_upstream_whose_clock_is_ahead_gets_a_younger_token_within_the_same_call()
    {
        var clock = new ShiftedClock();
        clock.Advance(TimeSpan.FromMinutes(5));
        await using var members = await MembersAsync();
        await using var called = await RunningService.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), tokens: _tokens);
        await using var calling = await CallingAsync(members, called);
        members.Services.GetRequiredService<FakeMembers>().FirstTokenIsOld = TimeSpan.FromMinutes(11);

        await AskAsync(calling);

        Assert.Equal(2, members.Services.GetRequiredService<FakeMembers>().Issued);
        Assert.Single(called.Probe.Calls);
    }

    [Fact]
    public async Task An_upstream_whose_clock_is_behind_takes_a_token_of_just_now()
    {
        var clock = new ShiftedClock();
        clock.Advance(-TimeSpan.FromMinutes(5));
        await using var members = await MembersAsync();
        await using var called = await RunningService.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), tokens: _tokens);
        await using var calling = await CallingAsync(members, called);

        await AskAsync(calling);

        Assert.Equal(1, members.Services.GetRequiredService<FakeMembers>().Issued);
    }

    [Fact]
    public async Task When_a_key_is_taken_back_a_call_with_a_token_of_it_is_made_again_with_a_new_one()
    {
        await using var members = await MembersAsync();
        await using var called = await RunningService.StartAsync(tokens: _tokens);
        await using var calling = await CallingAsync(members, called);
        await AskAsync(calling);

        var stolen = _tokens.SigningKey.KeyId;
        _tokens.Rotate();
        _tokens.TakeBack(stolen);
        await AskAsync(calling);

        Assert.Equal(2, members.Services.GetRequiredService<FakeMembers>().Issued);
        Assert.Equal(2, called.Probe.Calls.Count);
    }

    private static async Task AskAsync(RunningService calling) =>
        await calling.Services.GetRequiredService<V1.ProbeService.ProbeServiceClient>().ForGatewayAsync(new(), cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_wrong_secret_is_reported_as_an_upstream_that_is_unavailable()
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
            builder.AddGrpcClient<V1.ProbeService.ProbeServiceClient>(RunningService.Name);
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

        /// <summary>As if the caller had had the token for this long.</summary>
        public TimeSpan FirstTokenIsOld { get; set; }

        [AllowAnyone]
        public override Task<IssueServiceTokenResponse> IssueServiceToken(IssueServiceTokenRequest request, ServerCallContext context)
        {
            if (request.ClientSecret != "secret")
                throw new UnauthenticatedException("Wrong id or secret.");

            var age = Issued++ == 0 ? FirstTokenIsOld : TimeSpan.Zero;
            var token = tokens.Issue(request.ClientId, "service", request.Audience, now: TimeProvider.System.GetUtcNow() - age, hasNotBefore: false);
            return Task.FromResult(new IssueServiceTokenResponse { AccessToken = token, ExpiresIn = 900 });
        }
    }
}
