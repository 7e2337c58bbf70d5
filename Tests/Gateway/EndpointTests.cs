using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

/// <summary>Goes through all endpoints that the application has, so that a new one cannot be forgotten: each answers everything that it documents, and no failure of ours.</summary>
public sealed class EndpointTests
{
    private readonly RunningGateway _gateway;

    public EndpointTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    public static TheoryData<string> Routes => [.. SampleCalls.All.Select(call => call.Route)];

    public static TheoryData<string> WithId => [.. SampleCalls.All.Where(call => call.Route.Contains("d}", StringComparison.Ordinal)).Select(call => call.Route)];

    /// <summary>Those whose answer comes from the services; an import has begun to answer before it asks any.</summary>
    public static TheoryData<string> Composed =>
        [.. SampleCalls.All.Select(call => call.Route).Where(route => route.Contains("/api/", StringComparison.Ordinal) && !route.EndsWith("/import", StringComparison.Ordinal))];

    public static TheoryData<string> Lists => ["GET /api/v1/products", "GET /api/v1/products/{id}/reviews", "GET /api/v1/coupons", "GET /api/v1/notifications", "GET /api/v1/orders", "GET /api/v1/ops/sagas", "GET /api/v1/ops/shipments", "GET /api/v1/ops/dead-letters"];

    [Fact]
    public void Every_endpoint_has_a_sample()
    {
        var served =
            from endpoint in _gateway.Endpoints
            let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            where method != "HEAD" && endpoint.RoutePattern.RawText != "/grpc.health.v1.Health/{method}"
            select $"{method} {route}";

        Assert.Equal(SampleCalls.All.Select(call => call.Route).Order(StringComparer.Ordinal), served.Where(route => !route.Contains("grpc.", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_route_ends_in_a_slash() =>
        Assert.DoesNotContain(_gateway.Endpoints, endpoint => endpoint.RoutePattern.RawText!.EndsWith('/'));

    [Theory, MemberData(nameof(Routes))]
    public async Task Its_sample_succeeds(string route)
    {
        var call = SampleCalls.Of(route);

        var answer = await _gateway.CallAsync(call, Content(call), _gateway.TokenFor(call.Who));

        Assert.True((int)answer.Status is >= 200 and < 300, $"{(int)answer.Status}: {answer.Text}");
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task It_admits_whom_it_is_for_before_it_looks_at_the_body(string route)
    {
        var call = SampleCalls.Of(route);
        HttpContent? Broken() => call.Method == HttpMethod.Get ? null : new StringContent("{{{{", null, "text/plain");
        if (call.Who == Who.Anyone)
            return;

        (await _gateway.CallAsync(call, Broken(), token: null)).IsProblem(401);
        (await _gateway.CallAsync(call, Broken(), _gateway.Tokens.Service("ordering", "gateway"))).IsProblem(403);
        // Whatever the caller says that it speaks.
        var grpc = call.Method == HttpMethod.Get ? null : new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { ContentType = new("application/grpc") } };
        (await _gateway.CallAsync(call, grpc, token: null)).IsProblem(401);
        if (call.Who == Who.Operator)
            (await _gateway.CallAsync(call, Broken(), _gateway.Tokens.Member())).IsProblem(403);
    }

    [Theory, MemberData(nameof(WithId))]
    public async Task What_is_no_id_is_not_found(string route)
    {
        var call = SampleCalls.Of(route);
        foreach (var id in new[] { "x", "0", "%ff", "..%2f..%2f", "%F0%9F%98%80", "%D7%A9", "0198c0de%20", "'%20or%201=1--", new string('9', 300), "%2e%2e%2fetc%2fpasswd", "{0}",
                     // What a lenient parser takes for an id: a second name of the same thing.
                     "+198c0de-0000-7000-8000-000000000001", "%2b198c0de-0000-7000-8000-000000000001", "0198c0de-+000-7000-8000-000000000001", "0198c0de-0000-7000-8000-+00000000001",
                     "0x98c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-0x0000000001", "%7b0198c0de-0000-7000-8000-000000000001%7d", "0198c0de000070008000000000000001" })
        {
            var path = call.Path.Replace(call.Path.Split('/').First(part => part.StartsWith("0198", StringComparison.Ordinal)), id, StringComparison.Ordinal);

            var answer = await _gateway.CallAsync(call, Content(call), _gateway.TokenFor(call.Who), path);

            answer.IsProblem(404);
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task A_list_names_its_bad_parameters(string route)
    {
        var call = SampleCalls.Of(route);
        string[] queries =
        [
            "pageSize=0", "pageSize=-1", "pageSize=2147483648", "pageSize=-9223372036854775809", "pageSize=1e1", "pageSize=%00", "pageSize=%EF%BC%91",
            "pageSize=1.0", "pageSize=",
        ];
        foreach (var query in queries)
        {
            var answer = await _gateway.CallAsync(call, null, _gateway.TokenFor(call.Who), $"{call.Path}?{query}");

            answer.IsProblem(400);
            Assert.Equal([query.Split('=')[0]], answer.ErrorFields);
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task What_the_service_of_a_list_refuses_is_named_with_the_rest(string route)
    {
        if (route.EndsWith("dead-letters", StringComparison.Ordinal))
            return;

        var call = SampleCalls.Of(route);
        _gateway.Services.RefuseAll("pageSize", "pageToken");

        foreach (var query in new[] { "pageSize=101&pageToken=%00", "pageSize=x&pageToken=%00", $"pageSize=0&pageToken={new string('A', 7500)}" })
        {
            var answer = await _gateway.CallAsync(call, null, _gateway.TokenFor(call.Who), $"{call.Path}?{query}");

            answer.IsProblem(400);
            Assert.Equal(["pageSize", "pageToken"], answer.ErrorFields);
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task Strange_queries_and_headers_are_nobodys_fault(string route)
    {
        var call = SampleCalls.Of(route);
        foreach (var query in new[] { "?%00=%ff", "?=&&==", "?a[b]=c&a=%F0%9F%98%80", "?" + new string('a', 4000), "?__proto__=1" })
        {
            var answer = await _gateway.CallAsync(call, Content(call), _gateway.TokenFor(call.Who), call.Path + query,
                ("Accept", "application/xml"), ("Accept-Language", ";;;q=x,,*;q=9"), ("X-Forwarded-For", "' or 1=1"), ("traceparent", "00-zz-zz-zz"), ("X-Long", new string('x', 8000)));

            Assert.True((int)answer.Status is >= 200 and < 300, $"{query}: {(int)answer.Status}: {answer.Text}");
        }
    }

    [Theory, MemberData(nameof(Routes))]
    public async Task An_unknown_method_is_a_405(string route)
    {
        var call = SampleCalls.Of(route);

        var answer = await _gateway.SendAsync(new("BREW"), call.Path, content: null, _gateway.TokenFor(call.Who));

        answer.IsProblem(405);
        Assert.Contains(call.Method.Method, answer.ContentHeaders.Allow);
    }

    [Theory, MemberData(nameof(Composed))]
    public async Task Trouble_behind_it_is_told_without_the_words_of_others(string route)
    {
        var call = SampleCalls.Of(route);
        foreach (var (status, expected) in new[] { (StatusCode.Unavailable, 503), (StatusCode.Internal, 500), (StatusCode.Unknown, 500) })
        {
            _gateway.Services.FailAll(status, "Npgsql.NpgsqlException at Shop.Catalog.Somewhere() in /src");

            var answer = await _gateway.CallAsync(call, Content(call), _gateway.TokenFor(call.Who));

            Assert.DoesNotContain("Npgsql", answer.Text, StringComparison.Ordinal);
            answer.IsProblem(expected);
        }
    }

    private static HttpContent? Content(SampleCall call) => call.Body is null ? null : new StringContent(call.Body, Encoding.UTF8, call.Type);
}
