using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Tests.V1;

namespace Shop.ServiceDefaults.Tests.Access;

public sealed class AccessRuleTests
{
    private static readonly Guid Someone = Guid.CreateVersion7();

    public static TheoryData<string, string, StatusCode> Table => new()
    {
        { "nobody", "Ask", StatusCode.OK },
        { "nobody", "ForMembers", StatusCode.Unauthenticated },
        { "nobody", "ForOperators", StatusCode.Unauthenticated },
        { "nobody", "ForGateway", StatusCode.Unauthenticated },
        { "nobody", "ForMembersAndGateway", StatusCode.Unauthenticated },
        { "nobody", "ForNobody", StatusCode.Unauthenticated },
        { "member", "Ask", StatusCode.OK },
        { "member", "ForMembers", StatusCode.OK },
        { "member", "ForOperators", StatusCode.PermissionDenied },
        { "member", "ForGateway", StatusCode.PermissionDenied },
        { "member", "ForMembersAndGateway", StatusCode.OK },
        { "member", "ForNobody", StatusCode.PermissionDenied },
        { "operator", "ForMembers", StatusCode.OK },
        { "operator", "ForOperators", StatusCode.OK },
        { "operator", "ForGateway", StatusCode.PermissionDenied },
        { "operator", "ForNobody", StatusCode.PermissionDenied },
        { "gateway", "Ask", StatusCode.OK },
        { "gateway", "ForGateway", StatusCode.OK },
        { "gateway", "ForMembersAndGateway", StatusCode.OK },
        { "gateway", "ForMembers", StatusCode.PermissionDenied },
        { "gateway", "ForOperators", StatusCode.PermissionDenied },
        { "gateway", "ForNobody", StatusCode.PermissionDenied },
        { "ordering", "ForGateway", StatusCode.OK },
        { "ordering", "ForMembersAndGateway", StatusCode.PermissionDenied },
        { "catalog", "ForGateway", StatusCode.PermissionDenied },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_rule_admits_whom_it_names_and_nobody_else(string caller, string method, StatusCode expected)
    {
        var tokens = new TestTokens();
        await using var service = await RunningService.StartAsync(tokens: tokens);

        Assert.Equal(expected, (await CallAsync(service, method, TokenOf(caller, tokens))).Status);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("member")]
    [InlineData("operator")]
    [InlineData("gateway")]
    public async Task The_method_knows_its_caller(string caller)
    {
        var tokens = new TestTokens();
        await using var service = await RunningService.StartAsync(tokens: tokens);

        await CallAsync(service, "Ask", TokenOf(caller, tokens));

        var expected = caller switch
        {
            "member" => Caller.OfMember(Someone),
            "operator" => Caller.OfOperator(Someone),
            "gateway" => Caller.OfService("gateway"),
            _ => Caller.Anonymous,
        };
        Assert.Equal(expected, service.Probe.LastCaller);
    }

    // The audience decides, whatever role or name is in the token.
    [Theory]
    [InlineData("service", "gateway", "shop", "ForGateway", StatusCode.PermissionDenied)]
    [InlineData("service", "gateway", "catalog", "ForGateway", StatusCode.Unauthenticated)]
    [InlineData("member", "gateway", RunningService.Name, "ForGateway", StatusCode.PermissionDenied)]
    [InlineData("member", "0198c0de-0000-7000-8000-000000000001", RunningService.Name, "ForMembers", StatusCode.PermissionDenied)]
    [InlineData("operator", "0198c0de-0000-7000-8000-000000000001", RunningService.Name, "ForOperators", StatusCode.PermissionDenied)]
    [InlineData("service", "0198c0de-0000-7000-8000-000000000001", RunningService.Name, "ForMembers", StatusCode.PermissionDenied)]
    [InlineData("admin", "0198c0de-0000-7000-8000-000000000001", "shop", "ForOperators", StatusCode.PermissionDenied)]
    [InlineData("member", "not-an-id", "shop", "ForMembers", StatusCode.PermissionDenied)]
    public async Task Role_and_audience_must_agree(string role, string subject, string audience, string method, StatusCode expected)
    {
        var tokens = new TestTokens();
        await using var service = await RunningService.StartAsync(tokens: tokens);

        Assert.Equal(expected, (await CallAsync(service, method, tokens.Issue(subject, role, audience))).Status);
    }

    [Fact]
    public async Task A_refusal_says_in_grpc_whether_a_token_was_missing_or_bad()
    {
        await using var service = await RunningService.StartAsync();

        Assert.Equal("unauthenticated", (await CallAsync(service, "ForMembers", null)).Error!.Reason());
        Assert.Equal("token_invalid", (await CallAsync(service, "ForMembers", new TestTokens().Member(Someone))).Error!.Reason());
    }

    [Fact]
    public async Task A_bad_token_is_no_token_where_none_is_needed()
    {
        await using var service = await RunningService.StartAsync();

        Assert.Equal(StatusCode.OK, (await CallAsync(service, "Ask", "nonsense")).Status);
        Assert.Equal(Caller.Anonymous, service.Probe.LastCaller);
    }

    [Fact]
    public async Task Http_endpoints_follow_the_same_rules()
    {
        var tokens = new TestTokens();
        await using var service = await RunningService.StartAsync(tokens: tokens, map: app =>
        {
            app.MapGet("/forgotten", () => "secret");
            app.MapGet("/mine", (HttpContext context) => context.Caller().Member).AllowMembers();
            app.MapGroup("/ops").AllowOperators().MapPost("/products", (Body _) => "made");
            app.MapGet("/attribute", [AllowAnyone] () => "open");
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, HttpMethod.Get, "/forgotten", null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(service, HttpMethod.Get, "/forgotten", tokens.Operator(Someone)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, HttpMethod.Get, "/mine", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, "/mine", tokens.Member(Someone)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, "/attribute", null));
        // Before the body is read: without a body, and with one of an unsupported type.
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, HttpMethod.Post, "/ops/products", null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(service, HttpMethod.Post, "/ops/products", tokens.Member(Someone)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(service, HttpMethod.Post, "/ops/products", null, "text/plain"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(service, HttpMethod.Post, "/ops/products", tokens.Member(Someone), "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await StatusAsync(service, HttpMethod.Post, "/ops/products", tokens.Operator(Someone), "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(service, HttpMethod.Post, "/ops/products", tokens.Operator(Someone)));
    }

    [Fact]
    public async Task An_http_refusal_is_a_problem_and_names_the_scheme()
    {
        await using var service = await RunningService.StartAsync(map: app => app.MapGet("/mine", () => "").AllowMembers());

        using var response = await service.Http.GetAsync("/mine", TestContext.Current.CancellationToken);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_process_without_tokens_has_no_rules()
    {
        await using var service = await RunningService.StartAsync(map: app => app.MapGet("/open", () => "open"), checksTokens: false);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, "/open", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, HttpMethod.Get, "/health", null));
    }

    private static string? TokenOf(string caller, TestTokens tokens) => caller switch
    {
        "nobody" => null,
        "member" => tokens.Member(Someone),
        "operator" => tokens.Operator(Someone),
        _ => tokens.Service(caller, RunningService.Name),
    };

    private static async Task<(StatusCode Status, RpcException? Error)> CallAsync(RunningService service, string method, string? token)
    {
        var rpc = new Method<ProbeRequest, ProbeResponse>(
            MethodType.Unary, "shop.tests.v1.ProbeService", method, Marshallers.Create(_ => [], _ => new ProbeRequest()), Marshallers.Create(_ => [], _ => new ProbeResponse()));
        var options = new CallOptions(token is null ? null : Metadatas.Bearer(token), cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            using var call = service.Channel().CreateCallInvoker().AsyncUnaryCall(rpc, null, options, new ProbeRequest());
            await call.ResponseAsync;
            return (StatusCode.OK, null);
        }
        catch (RpcException failure)
        {
            return (failure.StatusCode, failure);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, HttpMethod method, string path, string? token, string? contentType = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (contentType is not null)
            request.Content = new StringContent("x", System.Text.Encoding.UTF8, contentType);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private sealed record Body(string Name);
}
