using System.Text.Json.Nodes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class Open_api(RunningGateway gateway)
{
    [Theory]
    [InlineData("/api/v1/members", "post", "201 400 409 413 415")]
    [InlineData("/api/v1/sessions", "post", "200 400 401 413 415")]
    [InlineData("/api/v1/sessions/refresh", "post", "200 400 401 413 415")]
    [InlineData("/api/v1/me", "get", "200 401 403")]
    [InlineData("/api/v1/products", "get", "200 400")]
    [InlineData("/api/v1/products/{id}", "get", "200 404")]
    [InlineData("/api/v1/categories", "get", "200")]
    [InlineData("/api/v1/orders", "post", "202 400 401 403 409 413 415 422")]
    [InlineData("/api/v1/orders", "get", "200 400 401 403")]
    [InlineData("/api/v1/orders/{id}", "get", "200 401 403 404")]
    [InlineData("/api/v1/ops/products", "post", "201 400 401 403 413 415")]
    [InlineData("/api/v1/ops/products/{id}", "patch", "200 400 401 403 404 413 415")]
    [InlineData("/api/v1/ops/products/import", "post", "200 400 401 403 413 415")]
    [InlineData("/api/v1/ops/stock/{productId}", "put", "204 400 401 403 404 413 415 422")]
    [InlineData("/api/v1/ops/sagas", "get", "200 400 401 403")]
    [InlineData("/api/v1/ops/sagas/{id}", "get", "200 401 403 404")]
    [InlineData("/api/v1/ops/sagas/{id}/retry", "post", "202 401 403 404 422")]
    [InlineData("/api/v1/ops/dead-letters", "get", "200 400 401 403")]
    [InlineData("/api/v1/ops/dead-letters/{id}/replay", "post", "200 401 403 404 422")]
    [InlineData("/api/v1/orders/{id}/events", "get", "200 401 403 404")]
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

        Assert.Equal(20, paths.Count);
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
    public async Task Only_what_needs_a_token_says_so()
    {
        var paths = (await DocumentAsync())["paths"]!;

        Assert.NotNull(paths["/api/v1/orders"]!["get"]!["security"]);
        Assert.Null(paths["/api/v1/products"]!["get"]!["security"]);
    }

    private async Task<JsonObject> ResponsesAsync(string path, string method) =>
        (await DocumentAsync())["paths"]![path]![method]!["responses"]!.AsObject();

    private async Task<JsonNode> DocumentAsync() => (await gateway.GetAsync("/openapi/v1.json")).Json;
}
