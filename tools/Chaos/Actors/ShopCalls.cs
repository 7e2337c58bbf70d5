using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Chaos.Actors;

/// <summary>The public API, for clients who repeat a request whose outcome is in doubt, with exponential back-off.</summary>
internal sealed class ShopCalls(HttpClient gateway, RequestLog log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    public RequestLog Log => log;

    /// <returns>The first answer that is not repeated; null: there was none in time.</returns>
    public async Task<Answer?> SendAsync(Request request, string? token, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            if (await TryAsync(request, token, cancel) is { } answer)
                return answer with { Tries = tries };
            if (TimeProvider.System.GetElapsedTime(begun) > Timeout)
            {
                log.AddUnanswered(request.Step, $"{request} was not answered within {Timeout.TotalMinutes} minutes.");
                return null;
            }
            log.Repeated();
            await Task.Delay(pause, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Sends it once.</summary>
    /// <returns>Null: in doubt whether it was done.</returns>
    public async Task<Answer?> TryAsync(Request request, string? token, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(request.Method, request.Path);
        if (token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (request.Key is not null)
            message.Headers.Add("Idempotency-Key", request.Key);
        if (request.IfMatch is not null)
            message.Headers.TryAddWithoutValidation("If-Match", request.IfMatch);
        if (request.Body is not null)
            message.Content = JsonContent.Create(request.Body);
        try
        {
            using var response = await gateway.SendAsync(message, cancel);
            if (response.StatusCode is HttpStatusCode.InternalServerError)
                log.Failed();
            if (response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
                return null;

            var text = await response.Content.ReadAsStringAsync(cancel);
            var answer = new Answer(response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), response.Headers.ETag?.ToString(), Tries: 1);
            return answer.Reason == "idempotency_key_in_use" ? null : answer;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException || failure is TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
