using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Shop.Gateway.Tests.Running;

namespace Shop.Gateway.Tests;

/// <summary>Bytes that never become a request: the server itself turns them away, and that is a problem with a trace id, too.</summary>
public sealed class UnreadableRequestTests(RunningGateway gateway)
{
    public static TheoryData<string, string, int> Requests => new()
    {
        { "NUL in the path", Get("/api/v1/products/%00"), 400 },
        { "NUL in the path of a picture", Get("/images/%00.svg"), 400 },
        { "a raw NUL", Get("/api/v1/\0"), 400 },
        { "no path", "GET\r\n\r\n", 400 },
        { "no HTTP", "\u0016\u0003\u0001\r\n\r\n", 400 },
        { "another HTTP", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505 },
        { "no host", "GET / HTTP/1.1\r\n\r\n", 400 },
        { "two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "a broken header", Get("/", "no colon"), 400 },
        { "a header that is no UTF-8", Get("/", "X: \u00ff"), 400 },
        { "a bad length", Get("/", "Content-Length: -1"), 400 },
        { "two lengths", Get("/", "Content-Length: 1\r\nContent-Length: 2"), 400 },
        { "an address that is too long", Get("/" + new string('a', 20_000)), 414 },
        { "headers that are too long", Get("/", "X: " + new string('a', 60_000)), 431 },
        { "too many headers", Get("/", string.Join("\r\n", Enumerable.Range(0, 200).Select(i => $"X-{i}: 1"))), 431 },
    };

    [Theory, MemberData(nameof(Requests))]
    public async Task What_is_no_request_is_a_problem(string what, string request, int status)
    {
        var answer = await SendAsync(request);

        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
        var problem = JsonNode.Parse(answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])!;
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.StartsWith("urn:shop:problem:", problem["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(problem["traceId"]!.GetValue<string>());
    }

    [Fact]
    public async Task On_a_connection_that_has_served_others_it_is_the_same()
    {
        gateway.Services.Reset();
        var answers = await SendAsync(Get("/api/v1/categories") + Get("/api/v1/products/%00"));

        Assert.StartsWith("HTTP/1.1 200 ", answers, StringComparison.Ordinal);
        var refused = answers[answers.IndexOf("HTTP/1.1 400 ", StringComparison.Ordinal)..];
        Assert.Equal(400, JsonNode.Parse(refused[refused.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])!["status"]!.GetValue<int>());
    }

    /// <summary>Until the server closes the connection, as it does with who does not speak HTTP.</summary>
    private async Task<string> SendAsync(string request)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Client.BaseAddress!.Host, gateway.Client.BaseAddress.Port, timeout.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), timeout.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(timeout.Token);
    }

    private static string Get(string path, string header = "X: y") => $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n";
}
