using System.Net;
using System.Text.Json.Nodes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

public sealed class ForwardingTests
{
    private readonly RunningGateway _gateway;

    public ForwardingTests(RunningGateway gateway) => (_gateway = gateway).Services.Reset();

    [Fact]
    public async Task Pictures_come_from_catalog_and_may_be_kept()
    {
        var answer = await _gateway.GetAsync("/images/products/1.svg");

        Assert.Equal(("<svg/>", "image/svg+xml"), (answer.Text, answer.ContentHeaders.ContentType?.MediaType));
        Assert.Equal(TimeSpan.FromDays(1), answer.Headers.CacheControl?.MaxAge);
        Assert.Equal("\"v1\"", answer.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task A_picture_that_is_known_is_not_sent_again()
    {
        var answer = await _gateway.GetAsync("/images/products/1.svg", null, ("If-None-Match", "\"v1\""));

        Assert.Equal((HttpStatusCode.NotModified, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task The_head_of_a_picture_has_no_body()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Head, "/images/products/1.svg", content: null);

        Assert.Equal((HttpStatusCode.OK, "", 6), (answer.Status, answer.Text, answer.ContentHeaders.ContentLength));
    }

    [Theory]
    [InlineData("/images/products/2.svg")]
    [InlineData("/images/..%2f.well-known%2fjwks.json")]
    [InlineData("/images/%2e%2e/.well-known/nothing")]
    [InlineData("/images/products%5c1.svg")]
    [InlineData("/images/")]
    [InlineData("/images/%252e%252e/health")]
    [InlineData("/images/%252e%252e/secret")]
    [InlineData("/images/products/%252e%252e/%252e%252e/secret")]
    [InlineData("/images/%25252e%25252e/secret")]
    [InlineData("/images/..%252fsecret")]
    [InlineData("/images/%252e%252e%255csecret")]
    [InlineData("/images/..%5csecret")]
    [InlineData("/images//secret")]
    [InlineData("/images/products/%2531.svg")]
    [InlineData("/images/products/1.svg%23x")]
    [InlineData("/images/products/1.svg%3fx")]
    [InlineData("/images/products/1.svg;x")]
    [InlineData("/images/products/1.svg%20")]
    [InlineData("/images/products/+1.svg")]
    public async Task What_is_no_picture_is_not_found(string path)
    {
        (await _gateway.AsItIsAsync(path)).IsProblem(404);
    }

    [Theory]
    [InlineData("/images/products/1.svg")]
    [InlineData("/images/products/%31.svg")]
    [InlineData("/images/x/../products/1.svg")]
    public async Task The_service_reads_the_path_that_the_gateway_matched(string path)
    {
        Assert.Equal("<svg/>", (await _gateway.AsItIsAsync(path)).Text);
        Assert.Equal("/images/products/1.svg", _gateway.Services.LastPath);
    }

    [Theory]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/.well-known/jwks.json/")]
    [InlineData("/.well-known/%6awks.json")]
    public async Task Of_the_keys_there_is_one_path(string path)
    {
        Assert.Equal(HttpStatusCode.OK, (await _gateway.AsItIsAsync(path)).Status);
        Assert.Equal("/.well-known/jwks.json", _gateway.Services.LastPath);
    }

    [Fact]
    public async Task Keys_come_from_members()
    {
        var answer = await _gateway.GetAsync("/.well-known/jwks.json");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(_gateway.Tokens.Jwks()), answer.Json));
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.CacheControl?.MaxAge);
    }
}
