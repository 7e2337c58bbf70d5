using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Gateway.Tests.Running;

public sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The body is null.");

    public string[] ErrorFields => Json["errors"]?.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal).ToArray() ?? [];

    public string Reason => Json["reason"]?.GetValue<string>() ?? "";
}

public static class Asking
{
    public static Task<Answer> GetAsync(this RunningGateway gateway, string path, string? token = null, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(HttpMethod.Get, path, content: null, token, headers);

    /// <summary>The path goes out as it is written here: a client of .NET would else tidy it.</summary>
    public static async Task<Answer> AsItIsAsync(this RunningGateway gateway, string path)
    {
        var address = new Uri(gateway.Client.BaseAddress!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var response = await gateway.Client.GetAsync(address, TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static Task<Answer> PostAsync(this RunningGateway gateway, string path, string json, string? token = null, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(HttpMethod.Post, path, json, token, headers);

    public static Task<Answer> SendAsync(
        this RunningGateway gateway, HttpMethod method, string path, string json, string? token = null, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(method, path, new StringContent(json, Encoding.UTF8, "application/json"), token, headers);

    public static async Task<Answer> SendAsync(
        this RunningGateway gateway, HttpMethod method, string path, HttpContent? content, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Headers, response.Content.Headers, text);
    }

    public static void IsJson(this Answer answer, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), answer.Json), answer.Text);

    public static void IsProblem(this Answer answer, int status)
    {
        Assert.True((int)answer.Status == status, $"{(int)answer.Status}: {answer.Text}");
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(status, answer.Json["status"]!.GetValue<int>());
        Assert.StartsWith("urn:shop:problem:", answer.Json["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(answer.Json["title"]!.GetValue<string>());
        Assert.NotEmpty(answer.Json["traceId"]!.GetValue<string>());
    }
}
