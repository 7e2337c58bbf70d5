using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.ServiceDefaults.Errors;

/// <summary>
/// Problem details for requests that Kestrel refuses before any middleware, with a bare status: <c>%00</c> in the path, a request line or headers that are too long,
/// invalid HTTP. Kestrel raises a diagnostic event in which the response can still be written.
/// </summary>
internal sealed class UnreadableRequests(DiagnosticListener server) : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    private const string Refused = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = server.Subscribe(this, name => name == Refused);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: Refused, Value: IFeatureCollection features }
            && features.Get<IHttpResponseFeature>() is { HasStarted: false, StatusCode: >= 400 } response
            && features.Get<IHttpResponseBodyFeature>() is { } head
            && features.Get<IHttpRequestFeature>()?.Method is not "HEAD"
            // On HTTP/2 the connection is shared by many requests: nothing may be written to it directly.
            && features.Get<IHttp2StreamIdFeature>() is null
            && features.Get<IConnectionTransportFeature>() is { } connection)
        {
            _ = WriteAsync(response, head, connection.Transport.Output);
        }
    }

    public void OnError(Exception error) { }

    public void OnCompleted() { }

    /// <summary>
    /// Writes head and body at once: otherwise the server would start an empty response when it ends the request. The body is written to the connection directly, because an
    /// unparsed request has no response stream.
    /// </summary>
    private static async Task WriteAsync(IHttpResponseFeature response, IHttpResponseBodyFeature head, PipeWriter connection)
    {
        var problem = Problems.Of(response.StatusCode, "The request cannot be read.");
        Problems.Complete(response.StatusCode, problem);
        var json = JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Default.ProblemDetails);

        response.Headers.ContentType = Problems.ContentType;
        response.Headers.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Connection = "close";
        await head.StartAsync().ConfigureAwait(false);
        await connection.WriteAsync(json).ConfigureAwait(false);
    }
}
