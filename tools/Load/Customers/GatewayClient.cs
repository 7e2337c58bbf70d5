using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Load.Customers;

/// <summary>The public API over keep-alive connections, as browsers and apps use it.</summary>
internal sealed class GatewayClient(string address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        UseCookies = false,
        UseProxy = false,
    })
    {
        BaseAddress = new Uri(address),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => _http.SendAsync(request, cancel);

    /// <summary>Returns after the headers, for streamed answers.</summary>
    public Task<HttpResponseMessage> StreamAsync(HttpRequestMessage request, CancellationToken cancel) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);

    /// <summary>For calls without which the measurement is not possible.</summary>
    /// <exception cref="AnswerException">The answer is an error.</exception>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body, string? token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            throw new MistakeException($"{method} {path} was answered with 429: the shop's rate limits are too low for a load test. Start it with Limits__SignUpsPerAddress=1000000 MemberLimit__Requests=1000000.");
        if (!answer.IsSuccessStatusCode)
            throw new AnswerException(answer.StatusCode, $"{method} {path} was answered with {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>The shop answered with an error.</summary>
internal sealed class AnswerException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status => status;
}
