using Microsoft.Net.Http.Headers;
using Polly;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Endpoints;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Forwarding;

/// <summary>Forwards a GET to the service that owns the answer and streams it back. For pictures and keys: neither has a secret.</summary>
internal sealed class Forwarder(IHttpClientFactory clients)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly string[] RequestHeaders = [HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince];
    private static readonly string[] ResponseHeaders = [HeaderNames.ETag, HeaderNames.CacheControl];

    /// <param name="path">Of the service's own resource, whatever the request's own path was.</param>
    public async Task ForwardAsync(HttpContext http, string service, ForwardedPath path)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(Timeout);
        try
        {
            using var request = RequestOf(http.Request, service, path);
            using var answer = await clients.CreateClient(service).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await AnswerAsync(http, answer, service, limit.Token);
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested
            && failure is HttpRequestException or OperationCanceledException or ExecutionRejectedException)
        {
            throw new UnavailableException($"The {service} service is unavailable at the moment.", cause: failure);
        }
    }

    private static HttpRequestMessage RequestOf(HttpRequest from, string service, ForwardedPath path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://_http.{service}{path}");
        foreach (var name in RequestHeaders)
        {
            if (from.Headers.TryGetValue(name, out var values))
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext http, HttpResponseMessage answer, string service, CancellationToken cancel)
    {
        switch ((int)answer.StatusCode)
        {
            case StatusCodes.Status200OK or StatusCodes.Status304NotModified:
                break;
            case StatusCodes.Status404NotFound or StatusCodes.Status400BadRequest:
                throw new NotFoundException();
            case var status:
                throw new UnavailableException($"The {service} service answers {status}.");
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var name in ResponseHeaders)
        {
            if (answer.Headers.TryGetValues(name, out var values))
                http.Response.Headers[name] = values.ToArray();
        }

        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        http.Response.ContentLength = answer.StatusCode == System.Net.HttpStatusCode.OK ? answer.Content.Headers.ContentLength : null;
        if (answer.Content.Headers.LastModified is { } modified)
            http.Response.GetTypedHeaders().LastModified = modified;
        if (answer.StatusCode == System.Net.HttpStatusCode.OK)
            await answer.Content.CopyToAsync(http.Response.Body, cancel);
    }
}
