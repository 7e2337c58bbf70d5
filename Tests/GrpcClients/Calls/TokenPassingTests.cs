using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shop.GrpcClients.Tokens;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.GrpcClients.Tests.Calls;

public sealed class TokenPassingTests
{
    private static readonly Guid Someone = Guid.CreateVersion7();

    private readonly TestTokens _tokens = new();

    [Fact]
    public async Task A_service_calls_with_its_own_token_made_for_the_upstream()
    {
        await using var inner = await RunningService.StartAsync(tokens: _tokens);
        await using var outer = await OuterAsync(inner, passMemberToken: false);

        await AskAsync(outer, _tokens.Member(Someone));

        Assert.Equal(Caller.OfService(RunningService.Name), inner.Probe.LastCaller);
    }

    [Fact]
    public async Task The_gateway_hands_on_the_members_token()
    {
        await using var inner = await RunningService.StartAsync(tokens: _tokens);
        await using var outer = await OuterAsync(inner, passMemberToken: true);

        await AskAsync(outer, _tokens.Member(Someone));

        Assert.Equal(Caller.OfMember(Someone), inner.Probe.LastCaller);
    }

    [Fact]
    public async Task The_gateway_uses_its_own_token_where_nobody_is_signed_in()
    {
        await using var inner = await RunningService.StartAsync(tokens: _tokens);
        await using var outer = await OuterAsync(inner, passMemberToken: true);

        await AskAsync(outer, null);

        Assert.Equal(Caller.OfService(RunningService.Name), inner.Probe.LastCaller);
    }

    [Fact]
    public async Task Where_anybody_may_call_the_gateway_speaks_for_itself()
    {
        await using var inner = await RunningService.StartAsync(tokens: _tokens);
        await using var outer = await OuterAsync(inner, passMemberToken: true);

        await outer.Client().AskAsync(new(), Metadatas.Bearer(_tokens.Member(Someone)), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Caller.OfService(RunningService.Name), inner.Probe.LastCaller);
    }

    [Fact]
    public async Task A_service_token_is_never_handed_on()
    {
        await using var inner = await RunningService.StartAsync(tokens: _tokens);
        await using var outer = await OuterAsync(inner, passMemberToken: true);

        await AskAsync(outer, _tokens.Service("ordering", RunningService.Name));

        Assert.Equal(Caller.OfService(RunningService.Name), inner.Probe.LastCaller);
    }

    [Fact]
    public async Task A_token_that_the_upstream_does_not_accept_is_replaced_within_the_call()
    {
        await using var inner = await RunningService.StartAsync(tokens: _tokens);
        await using var outer = await OuterAsync(inner, passMemberToken: false);
        await AskAsync(outer, null);

        var old = _tokens.SigningKey.KeyId;
        _tokens.Rotate();
        _tokens.TakeBack(old);

        Assert.Equal(StatusCode.OK, await AskMembersMethodAsync(outer));
    }

    /// <summary>Calls the outer service, which calls the inner one.</summary>
    private static async Task AskAsync(RunningService outer, string? token) =>
        await (token is null
            ? outer.Client().AskAsync(new(), cancellationToken: TestContext.Current.CancellationToken)
            : outer.Client().ForAllSignedInAsync(new(), Metadatas.Bearer(token), cancellationToken: TestContext.Current.CancellationToken));

    // The access rule of "Ask" treats a bad token as anonymous; this one refuses it.
    private static async Task<StatusCode> AskMembersMethodAsync(RunningService outer)
    {
        var client = outer.Services.GetRequiredService<V1.ProbeService.ProbeServiceClient>();
        await client.ForGatewayAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        return StatusCode.OK;
    }

    private Task<RunningService> OuterAsync(RunningService inner, bool passMemberToken) => RunningService.StartAsync(
        builder =>
        {
            builder.AddGrpcClient<V1.ProbeService.ProbeServiceClient>("inner", upstream =>
            {
                upstream.Address = new Uri(inner.GrpcAddress);
                upstream.PassMemberToken = passMemberToken;
            });
            // Replaces Members.
            builder.Services.AddSingleton(services => new ServiceTokens(
                (audience, _) => Task.FromResult(new IssueServiceTokenResponse { AccessToken = _tokens.Service("probe", "probe"), ExpiresIn = 900 }),
                TimeProvider.System,
                services.GetRequiredService<Microsoft.Extensions.Logging.ILogger<ServiceTokens>>()));
        },
        app =>
        {
            var client = app.Services.GetRequiredService<V1.ProbeService.ProbeServiceClient>();
            app.Services.GetRequiredService<Probe>().Answer = async (_, context) => (await client.AskAsync(new(), cancellationToken: context.CancellationToken)).Text;
        },
        _tokens);
}
