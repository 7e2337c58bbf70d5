using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Tests.Errors;

public sealed class ProblemTests
{
    [Fact]
    public async Task A_refusal_says_why()
    {
        var (response, problem) = await ProblemOfAsync(() => throw new RefusedException("coupon_not_usable", "The coupon cannot be used."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("urn:shop:problem:coupon_not_usable", problem.GetProperty("type").GetString());
        Assert.Equal("coupon_not_usable", problem.GetProperty("reason").GetString());
        Assert.Equal("The coupon cannot be used.", problem.GetProperty("detail").GetString());
        Assert.Equal(422, problem.GetProperty("status").GetInt32());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task Bad_fields_are_listed()
    {
        var (response, problem) = await ProblemOfAsync(() => throw new InvalidException("items[0].quantity", "must be 1 to 99"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("must be 1 to 99", problem.GetProperty("errors").GetProperty("items[0].quantity")[0].GetString());
        Assert.False(problem.TryGetProperty("reason", out _));
    }

    [Fact]
    public async Task A_limit_says_when_to_come_back()
    {
        var (response, _) = await ProblemOfAsync(() => throw new TooManyException(TimeSpan.FromSeconds(29.2)));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task An_error_of_an_upstream_is_handed_on_with_its_reason_and_fields()
    {
        var ofUpstream = ServiceDefaults.Errors.RichStatus.ToRpcException(new InvalidException("pageToken", "was not issued for this list"));

        var (response, problem) = await ProblemOfAsync(() => throw ofUpstream);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("was not issued for this list", problem.GetProperty("errors").GetProperty("pageToken")[0].GetString());
    }

    [Fact]
    public async Task An_upstream_that_is_unavailable_is_503_without_its_address()
    {
        var (response, problem) = await ProblemOfAsync(() => throw new RpcException(new Status(StatusCode.Unavailable, "10.0.0.7:1234 refused")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.DoesNotContain("10.0.0.7", problem.GetRawText());
    }

    [Theory]
    [InlineData("25006")]
    [InlineData("53100")]
    [InlineData("57014")]
    [InlineData("57P01")]
    public async Task A_database_that_cannot_now_is_503_and_says_when_to_come_again(string sqlState)
    {
        var (response, problem) = await ProblemOfAsync(() => throw new InvalidOperationException("while saving", new Npgsql.PostgresException("no", "ERROR", "ERROR", sqlState)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal("urn:shop:problem:unavailable", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_unexpected_exception_discloses_nothing()
    {
        var (response, problem) = await ProblemOfAsync(() => throw new InvalidOperationException("Password=secret"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("urn:shop:problem:internal", problem.GetProperty("type").GetString());
        Assert.DoesNotContain("secret", problem.GetRawText());
    }

    [Theory]
    [InlineData("GET", "/nowhere", null, 404, "not_found")]
    [InlineData("DELETE", "/orders", null, 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/charges", null, 405, "method_not_allowed")]
    [InlineData("POST", "/orders", "text/plain", 415, "unsupported_media_type")]
    public async Task What_the_framework_refuses_is_a_problem_as_well(string method, string path, string? contentType, int status, string kind)
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (contentType is not null)
            request.Content = new StringContent("x", Encoding.UTF8, contentType);

        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = await ReadAsync(response);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"urn:shop:problem:{kind}", problem.GetProperty("type").GetString());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
    }

    [Theory]
    [InlineData("{ \"quantity\": ")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Broken_json_is_400(string body)
    {
        await using var service = await StartAsync();

        using var response = await service.Http.PostAsync("/orders", Json(body), TestContext.Current.CancellationToken);
        var problem = await ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("urn:shop:problem:invalid", problem.GetProperty("type").GetString());
        Assert.False(problem.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_names_its_field()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.PostAsync("/orders", Json("""{ "items": [ { "quantity": "two" } ] }"""), TestContext.Current.CancellationToken);
        var problem = await ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty("items[0].quantity", out _), problem.GetRawText());
    }

    [Fact]
    public async Task A_parameter_that_cannot_be_read_is_named()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.GetAsync("/orders?pageSize=many", TestContext.Current.CancellationToken);
        var problem = await ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty("pageSize", out _), problem.GetRawText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_413(bool withLength)
    {
        await using var service = await StartAsync();
        using var content = Json($$"""{ "items": [], "note": "{{new string('x', 70 * 1024)}}" }""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = content };
        request.Headers.TransferEncodingChunked = !withLength;

        using var response = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = await ReadAsync(response);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("urn:shop:problem:too_large", problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_problem_that_an_endpoint_made_itself_has_type_and_trace_too()
    {
        await using var service = await StartAsync();

        using var response = await service.Http.GetAsync("/own", TestContext.Current.CancellationToken);
        var problem = await ReadAsync(response);

        Assert.Equal("urn:shop:problem:conflict", problem.GetProperty("type").GetString());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static Task<RunningService> StartAsync() => RunningService.StartAsync(map: app =>
    {
        app.MapPost("/orders", (Order order) => order.Items.Count).AllowAnyone();
        app.MapGet("/orders", (int pageSize) => pageSize).AllowAnyone();
        app.MapGet("/v1/charges", () => "").AllowAnyone();
        app.MapGet("/own", () => TypedResults.Problem(statusCode: 409, detail: "twice")).AllowAnyone();
    });

    private static async Task<(HttpResponseMessage Response, JsonElement Problem)> ProblemOfAsync(Func<string> endpoint)
    {
        await using var service = await RunningService.StartAsync(map: app => app.MapGet("/", endpoint).AllowAnyone());
        var response = await service.Http.GetAsync("/", TestContext.Current.CancellationToken);
        return (response, await ReadAsync(response));
    }

    private static Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private sealed record Order(IReadOnlyList<OrderItem> Items, string? Note);

    private sealed record OrderItem(int Quantity);
}
