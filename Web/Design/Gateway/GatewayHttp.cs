using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Shop.Design.Languages;
using Shop.ServiceDefaults.Errors;

namespace Shop.Design.Gateway;

/// <summary>One call of the gateway's API. No retries: the gateway itself retries what may be, and a page that waits longer than its reader helps nobody.</summary>
internal sealed class GatewayHttp(IHttpClientFactory clients, IHttpContextAccessor accessor)
{
    /// <summary>Calls with an answer and a deadline.</summary>
    public const string Calls = "gateway";

    /// <summary>Streams, which stay open.</summary>
    public const string Streams = "gateway-streams";

    /// <summary>The same, with this program's own token, so that the gateway believes the client's address.</summary>
    public const string OwnCalls = "gateway-own";

    public const string ClientAddressHeader = "Shop-Client-Address";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public Task<T> AskAsync<T>(HttpRequestMessage request, string? token, CancellationToken cancel) => AskAsync<T>(Calls, request, token, cancel);

    /// <summary>With the answer's <c>ETag</c>.</summary>
    public async Task<Tagged<T>> AskTaggedAsync<T>(HttpRequestMessage request, string? token, CancellationToken cancel)
    {
        using var answer = await SendAsync(Calls, request, token, cancel);
        return new(await ReadAsync<T>(answer, cancel), answer.Headers.ETag?.ToString());
    }

    /// <summary>For sign-in and sign-up, whose limits count by the client's address.</summary>
    public Task<T> AskForClientAsync<T>(HttpRequestMessage request, CancellationToken cancel)
    {
        if (accessor.HttpContext?.Connection.RemoteIpAddress is { } address)
            request.Headers.Add(ClientAddressHeader, address.ToString());
        return AskAsync<T>(OwnCalls, request, null, cancel);
    }

    /// <summary>An open answer, which the caller disposes.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, string? token, CancellationToken cancel) =>
        await SendAsync(Streams, request, token, cancel);

    public static HttpContent Body(object body) => JsonContent.Create(body, options: Json);

    private async Task<T> AskAsync<T>(string client, HttpRequestMessage request, string? token, CancellationToken cancel)
    {
        using var answer = await SendAsync(client, request, token, cancel);
        return await ReadAsync<T>(answer, cancel);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancel)
    {
        // A 202 may have no body, too.
        if (answer.StatusCode == System.Net.HttpStatusCode.NoContent || answer.Content.Headers.ContentLength == 0)
            return default!;

        return (await answer.Content.ReadFromJsonAsync<T>(Json, cancel))!;
    }

    private async Task<HttpResponseMessage> SendAsync(string client, HttpRequestMessage request, string? token, CancellationToken cancel)
    {
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (accessor.HttpContext is { } http && request.Headers.AcceptLanguage.Count == 0)
            request.Headers.AcceptLanguage.Add(new(LanguagePrefix.Of(http).Code));

        HttpResponseMessage answer;
        try
        {
            // The client's timeout ends with this call: for an answer with an end it includes the body.
            answer = await clients.CreateClient(client).SendAsync(request, client == Streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && failure is HttpRequestException or OperationCanceledException or UnavailableException)
        {
            throw ApiException.Unavailable(failure);
        }

        if (answer.IsSuccessStatusCode)
            return answer;

        using (answer)
            throw new ApiException((int)answer.StatusCode, await ProblemAsync(answer, cancel), answer.Headers.RetryAfter?.Delta);
    }

    private static async Task<ApiProblem> ProblemAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<ApiProblem>(Json, cancel) ?? new(null, null, null, null, null);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && failure is JsonException or HttpRequestException or IOException or OperationCanceledException)
        {
            // Not the gateway's own answer, but one of a proxy before it.
            return new(null, null, answer.ReasonPhrase, null, null);
        }
    }
}
