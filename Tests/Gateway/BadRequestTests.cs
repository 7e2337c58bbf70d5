using System.Net.Http.Headers;
using System.Text;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

/// <summary>Every endpoint that takes a body against every body that is none: always a problem that says what is wrong, never a failure of ours.</summary>
public sealed class BadRequestTests
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private readonly RunningGateway _gateway;

    public BadRequestTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    private static readonly (string Method, string Path)[] EndpointList =
    [
        ("POST", "/api/v1/members"), ("POST", "/api/v1/sessions"), ("POST", "/api/v1/sessions/refresh"), ("POST", "/api/v1/orders"),
        ("POST", $"/api/v1/coupons/{Id}/quote"), ("PUT", $"/api/v1/basket/items/{Id}"), ("POST", $"/api/v1/products/{Id}/reviews"),
        ("POST", "/api/v1/ops/products"), ("PATCH", $"/api/v1/ops/products/{Id}"), ("PUT", $"/api/v1/ops/stock/{Id}"),
    ];

    private static readonly Dictionary<string, Func<HttpContent?>> BodyByName = new()
    {
        ["nothing"] = () => null,
        ["empty"] = () => Json(""),
        ["broken"] = () => Json("{ \"email\": "),
        ["trailing"] = () => Json("{} {}"),
        ["comment"] = () => Json("{ /* x */ }"),
        ["null"] = () => Json("null"),
        ["list"] = () => Json("[]"),
        ["text"] = () => Json("\"x\""),
        ["number"] = () => Json("1e999"),
        ["deep list"] = () => Json(new string('[', 20_000) + new string(']', 20_000)),
        ["deep object"] = () => Json("{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_001)),
        ["deep in an unknown field"] = () => Json("{\"unknown\":" + new string('[', 10_000) + new string(']', 10_000) + "}"),
        ["no utf-8"] = () => Json([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
        ["half a surrogate in utf-8"] = () => Json([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]),
        ["utf-16"] = () => Json(Encoding.Unicode.GetBytes("{}")),
        ["control character"] = () => Json("{\"email\":\"\u0001\"}"),
    };

    private static readonly string[] Fields =
    [
        "email", "password", "name", "language", "refreshToken", "items", "fromBasket", "couponId", "paymentToken", "shippingAddress",
        "description", "categoryId", "price", "imageUrl", "onHand",
    ];

    private static readonly string[] Wrong =
    [
        "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "{\"ko\":\"\\ud800\",\"en\":1}", "[[[]]]", "[null]", "[{}]", "[{\"quantity\":\"x\",\"productId\":{}}]",
        "-1", "99999999999999999999999999", "1e400", "0.5", "\"\"", "\"   \"", "{\"amount\":-1,\"currency\":\"EUR\"}", "{\"\\ud800\":1}", "false",
    ];

    public static TheoryData<string, string, string> Bodies =>
        [.. EndpointList.SelectMany(endpoint => BodyByName.Keys.Select(body => (endpoint.Method, endpoint.Path, body)))];

    /// <summary>Text that is text, and a number that is a number, are for the service to judge.</summary>
    private static readonly Dictionary<string, string[]> OfTheRightType = new()
    {
        ["/api/v1/members"] = ["\"\\u0000\"", "\"\"", "\"   \""],
        ["/api/v1/sessions"] = ["\"\\u0000\"", "\"\"", "\"   \""],
        ["/api/v1/sessions/refresh"] = ["\"\\u0000\"", "\"\"", "\"   \""],
        [$"/api/v1/ops/stock/{Id}"] = ["-1"],
    };

    public static TheoryData<string, string, string> WrongFields =>
        [.. EndpointList.SelectMany(endpoint => Wrong.Except(OfTheRightType.GetValueOrDefault(endpoint.Path, [])).Select(value => (endpoint.Method, endpoint.Path, value)))];

    public static TheoryData<string, string> Endpoints => [.. EndpointList];

    [Theory, MemberData(nameof(Bodies))]
    public async Task What_is_no_json_object_is_a_400(string method, string path, string body)
    {
        var answer = await SendAsync(method, path, BodyByName[body]());

        answer.IsProblem(400);
    }

    [Theory, MemberData(nameof(WrongFields))]
    public async Task Wrong_values_are_400s_that_name_the_field(string method, string path, string value)
    {
        var body = $"{{{string.Join(',', Fields.Select(field => $"\"{field}\":{value}"))}}}";

        var answer = await SendAsync(method, path, Json(body));

        answer.IsProblem(400);
        Assert.NotEmpty(answer.ErrorFields);
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_name_that_is_half_a_character_is_nobodys_field(string method, string path)
    {
        var answer = await SendAsync(method, path, Json("""{ "\ud800": 1, "email": 1, "onHand": "x", "name": 1, "items": 1, "refreshToken": 1 }"""));

        answer.IsProblem(400);
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_megabyte_is_too_large(string method, string path)
    {
        var answer = await SendAsync(method, path, Json("{\"a\":\"" + new string('a', 1_000_000) + "\"}"));

        answer.IsProblem(413);
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_megabyte_in_pieces_is_too_large(string method, string path)
    {
        var content = new StreamContent(new MemoryStream(new byte[1_000_000]));
        content.Headers.ContentType = new("application/json");

        var answer = await SendAsync(method, path, content, chunked: true);

        answer.IsProblem(413);
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task What_says_it_is_no_json_is_a_415(string method, string path)
    {
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/xml", "multipart/form-data; boundary=x" })
        {
            var content = new ByteArrayContent("{}"u8.ToArray());
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

            var answer = await SendAsync(method, path, content);

            answer.IsProblem(415);
        }
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("POST", "/api/v1/products/x/y")]
    [InlineData("GET", "/api/v2/products")]
    [InlineData("GET", "/api/v1/%F0%9F%98%80")]
    [InlineData("GET", "/openapi/v9.json")]
    [InlineData("DELETE", "/nothing")]
    public async Task An_unknown_route_is_a_404(string method, string path)
    {
        (await _gateway.SendAsync(new HttpMethod(method), path, content: null)).IsProblem(404);
        (await _gateway.SendAsync(new HttpMethod(method), path, content: null, _gateway.Tokens.Member())).IsProblem(404);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/products")]
    [InlineData("POST", "/api/v1/products")]
    [InlineData("GET", "/api/v1/members")]
    [InlineData("PUT", "/api/v1/orders")]
    [InlineData("GET", "/webhooks/payments")]
    [InlineData("BREW", "/api/v1/me")]
    [InlineData("POST", "/images/x.svg")]
    public async Task A_wrong_method_is_a_405_that_names_the_right_one(string method, string path)
    {
        var answer = await _gateway.SendAsync(new HttpMethod(method), path, content: null);

        answer.IsProblem(405);
        Assert.NotEmpty(answer.ContentHeaders.Allow);
    }

    [Fact]
    public async Task An_error_inside_tells_nothing_of_it()
    {
        _gateway.Services.Catalog.Calls.Fail(Grpc.Core.StatusCode.Internal, "NullReferenceException at Shop.Catalog");

        var answer = await _gateway.GetAsync("/api/v1/products");

        answer.IsProblem(500);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }

    private Task<Answer> SendAsync(string method, string path, HttpContent? content, bool chunked = false)
    {
        var token = path.Contains("/ops/", StringComparison.Ordinal) ? _gateway.Tokens.Operator() : _gateway.Tokens.Member();
        return _gateway.SendAsync(new HttpMethod(method), path, content, token,
            chunked ? [("Idempotency-Key", "k"), ("Transfer-Encoding", "chunked")] : [("Idempotency-Key", "k")]);
    }

    private static ByteArrayContent Json(string body) => Json(Encoding.UTF8.GetBytes(body));

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new("application/json") } };
}
