using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class OpenApiTests(RunningGateway gateway)
{
    private const string Some = "0198c0de-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("/api/v1/members", "post", "201 400 409 413 415")]
    [InlineData("/api/v1/sessions", "post", "200 400 401 413 415")]
    [InlineData("/api/v1/sessions/refresh", "post", "200 400 401 413 415")]
    [InlineData("/api/v1/me", "get", "200 401 403")]
    [InlineData("/api/v1/products", "get", "200 400")]
    [InlineData("/api/v1/products/{id}", "get", "200 404")]
    [InlineData("/api/v1/categories", "get", "200")]
    [InlineData("/api/v1/coupons", "get", "200 400 401 403")]
    [InlineData("/api/v1/products/{id}/reviews", "get", "200 400 404")]
    [InlineData("/api/v1/products/{id}/reviews", "post", "201 400 401 403 404 409 413 415")]
    [InlineData("/api/v1/basket", "get", "200 401 403")]
    [InlineData("/api/v1/basket/items/{productId}", "put", "200 400 401 403 404 413 415 422")]
    [InlineData("/api/v1/basket/items/{productId}", "delete", "200 401 403 404")]
    [InlineData("/api/v1/ops/products/{id}/discontinue", "post", "204 401 403 404")]
    [InlineData("/api/v1/notifications", "get", "200 400 401 403")]
    [InlineData("/api/v1/notifications/{id}/read", "post", "204 401 403 404")]
    [InlineData("/api/v1/notifications/read-all", "post", "204 401 403")]
    [InlineData("/api/v1/coupons/{id}/quote", "post", "200 400 401 403 404 413 415 422")]
    [InlineData("/api/v1/orders", "post", "202 400 401 403 409 413 415 422")]
    [InlineData("/api/v1/orders", "get", "200 400 401 403")]
    [InlineData("/api/v1/orders/{id}", "get", "200 401 403 404")]
    [InlineData("/api/v1/orders/{id}/cancel", "post", "202 400 401 403 404 409 413 415 422")]
    [InlineData("/api/v1/ops/orders", "get", "200 400 401 403")]
    [InlineData("/api/v1/ops/orders/{id}", "get", "200 401 403 404")]
    [InlineData("/api/v1/ops/orders/{id}/refund", "post", "202 400 401 403 404 409 413 415 422")]
    [InlineData("/api/v1/ops/products", "post", "201 400 401 403 413 415")]
    [InlineData("/api/v1/ops/products/{id}", "patch", "200 400 401 403 404 413 415")]
    [InlineData("/api/v1/ops/products/import", "post", "200 400 401 403 413 415")]
    [InlineData("/api/v1/ops/stock/{productId}", "get", "200 401 403 404")]
    [InlineData("/api/v1/ops/stock/{productId}", "put", "204 400 401 403 404 412 413 415 422")]
    [InlineData("/api/v1/ops/sagas", "get", "200 400 401 403")]
    [InlineData("/api/v1/ops/sagas/{id}", "get", "200 401 403 404")]
    [InlineData("/api/v1/ops/sagas/{id}/retry", "post", "202 401 403 404 422")]
    [InlineData("/api/v1/ops/order-history/rebuild", "post", "202 401 403 409")]
    [InlineData("/api/v1/ops/order-history/rebuild", "get", "200 401 403")]
    [InlineData("/api/v1/ops/order-history/rebuild", "delete", "204 401 403 409")]
    [InlineData("/api/v1/ops/reconciliation", "get", "200 401 403")]
    [InlineData("/api/v1/ops/missed-messages", "get", "200 400 401 403")]
    [InlineData("/api/v1/ops/shipments", "get", "200 400 401 403")]
    [InlineData("/api/v1/ops/shipments/{id}/dispatch", "post", "204 401 403 404 409")]
    [InlineData("/api/v1/ops/shipments/{id}/deliver", "post", "204 401 403 404 409")]
    [InlineData("/api/v1/ops/shipments/{id}/fail", "post", "204 400 401 403 404 409 413 415")]
    [InlineData("/api/v1/ops/sagas/{id}/compensate", "post", "202 400 401 403 404 409 413 415")]
    [InlineData("/api/v1/ops/dead-letters", "get", "200 400 401 403")]
    [InlineData("/api/v1/ops/dead-letters/{id}", "get", "200 401 403 404")]
    [InlineData("/api/v1/ops/dead-letters/{id}/replay", "post", "200 401 403 404 422")]
    [InlineData("/api/v1/ops/dead-letters/{id}/discard", "post", "204 400 401 403 404 413 415 422")]
    [InlineData("/api/v1/ops/dead-letters/replay", "post", "202 400 401 403 413 415")]
    [InlineData("/api/v1/orders/{id}/events", "get", "200 204 401 403 404")]
    [InlineData("/webhooks/payments", "post", "204 400 401 413")]
    public async Task Every_call_names_every_status(string path, string method, string statuses)
    {
        var responses = await ResponsesAsync(path, method);

        Assert.Equal(statuses.Split(' '), responses.Select(response => response.Key).Except(["429", "500", "503"]).Order(StringComparer.Ordinal));
        Assert.Equal("#/components/responses/TooManyRequests", responses["429"]!["$ref"]!.GetValue<string>());
        Assert.Equal("#/components/responses/ServiceUnavailable", responses["503"]!["$ref"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nothing_else_is_described()
    {
        var paths = (await DocumentAsync())["paths"]!.AsObject();

        Assert.Equal(45, paths.Count);
    }

    [Theory]
    [InlineData("/api/v1/orders/{id}/cancel", false)]
    [InlineData("/api/v1/ops/orders/{id}/refund", true)]
    public async Task A_body_is_required_where_a_request_without_one_is_refused(string path, bool required)
    {
        var body = (await DocumentAsync())["paths"]![path]!["post"]!["requestBody"]!;

        Assert.Equal(required, body["required"]?.GetValue<bool>() ?? false);
    }

    [Fact]
    public async Task Bodies_are_described_with_their_limits()
    {
        var document = await DocumentAsync();

        var body = document["paths"]!["/api/v1/members"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
        var schema = body["$ref"] is { } reference ? document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]! : body;
        Assert.Equal(10, schema["properties"]!["password"]!["minLength"]!.GetValue<int>());
        Assert.Equal(["email", "language", "name", "password"], schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_call_has_a_name_of_its_own()
    {
        var names = (await OperationsAsync()).Select(operation => operation["operationId"]?.GetValue<string>()).ToList();

        Assert.All(names, Assert.NotNull);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Theory]
    [InlineData("ProductStock", "state", "in_stock low sold_out")]
    [InlineData("CouponView", "status", "usable reserved redeemed expired")]
    [InlineData("NotificationView", "kind", "welcome coupon_issued order_confirmed order_rejected order_dispatched order_delivered order_cancelled refunded")]
    [InlineData("DifferenceView", "kind", "unknown_charge amount_differs missing_authorisation missing_capture missing_void missing_refund not_released not_at_provider")]
    [InlineData("RebuildView", "state", "idle running swapped failed cancelled")]
    [InlineData("DeadLetterDetailsView", "status", "parked replayed discarded")]
    [InlineData("SignUpBody", "language", "ko en")]
    public async Task A_text_that_is_one_of_some_words_says_which(string schema, string property, string words)
    {
        var text = (await DocumentAsync())["components"]!["schemas"]![schema]!["properties"]![property]!;

        Assert.Equal(words.Split(' '), text["enum"]!.AsArray().Select(word => word!.GetValue<string>()));
    }

    [Theory]
    [InlineData("/api/v1/members", "post")]
    [InlineData("/api/v1/sessions", "post")]
    [InlineData("/api/v1/sessions/refresh", "post")]
    [InlineData("/api/v1/orders", "post")]
    [InlineData("/api/v1/ops/products", "post")]
    [InlineData("/api/v1/ops/products/{id}", "patch")]
    [InlineData("/api/v1/ops/stock/{productId}", "put")]
    public async Task The_example_of_a_body_would_be_accepted(string path, string method)
    {
        gateway.Services.Reset();
        var operation = (await DocumentAsync())["paths"]![path]![method]!;
        var example = operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
        var token = path.Contains("/ops/", StringComparison.Ordinal) ? gateway.Tokens.Operator() : gateway.Tokens.Member();
        var id = path.Replace("{id}", Some, StringComparison.Ordinal).Replace("{productId}", Some, StringComparison.Ordinal);

        var answer = await gateway.SendAsync(new HttpMethod(method.ToUpperInvariant()), id, example, token, ("Idempotency-Key", Some));

        Assert.Equal(operation["responses"]!.AsObject().First().Key, ((int)answer.Status).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Only_what_needs_a_token_says_so()
    {
        var paths = (await DocumentAsync())["paths"]!;

        Assert.NotNull(paths["/api/v1/orders"]!["get"]!["security"]);
        Assert.Null(paths["/api/v1/products"]!["get"]!["security"]);
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("evil.example:81")]
    public async Task Its_server_is_where_the_document_came_from_whatever_host_was_asked_for(string host)
    {
        var answer = await gateway.GetAsync("/openapi/v1.json", null, ("Host", host));

        Assert.Equal("/", Assert.Single(answer.Json["servers"]!.AsArray())!["url"]!.GetValue<string>());
        Assert.DoesNotContain(host, answer.Text, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<JsonNode>> OperationsAsync() =>
        (await DocumentAsync())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!);

    private async Task<JsonObject> ResponsesAsync(string path, string method) =>
        (await DocumentAsync())["paths"]![path]![method]!["responses"]!.AsObject();

    private async Task<JsonNode> DocumentAsync() => (await gateway.GetAsync("/openapi/v1.json")).Json;
}
