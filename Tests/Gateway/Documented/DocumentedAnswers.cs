using System.Text.Json.Nodes;

namespace Shop.Gateway.Tests.Documented;

/// <summary>Holds every answer that any test of this assembly gets against the OpenAPI document: status, content type, and the body's shape.</summary>
public sealed class DocumentedAnswers(HttpMessageHandler network) : DelegatingHandler(network)
{
    // Not of the API: the document itself, what is forwarded as it is, probes.
    private static readonly string[] Outside = ["/openapi/", "/images/", "/.well-known/", "/health", "/alive"];

    private readonly SemaphoreSlim _once = new(1);
    private ApiDocument? _document;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var document = await DocumentAsync(request.RequestUri!, cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        if (Outside.Any(request.RequestUri!.AbsolutePath.StartsWith) && (int)answer.StatusCode < 400)
            return answer;

        var type = answer.Content.Headers.ContentType?.MediaType;
        // A stream has no end to wait for.
        var body = type == "text/event-stream" || request.Method == HttpMethod.Head ? null : await answer.Content.ReadAsStringAsync(cancellationToken);
        var faults = document.Faults(request.Method.Method, request.RequestUri.AbsolutePath, (int)answer.StatusCode, type, body);
        Assert.True(faults.Count == 0,
            $"{request.Method} {request.RequestUri} answers {(int)answer.StatusCode} {type}, which the OpenAPI document does not know: {string.Join("; ", faults)}\n{body}");
        return answer;
    }

    private async Task<ApiDocument> DocumentAsync(Uri any, CancellationToken cancel)
    {
        await _once.WaitAsync(cancel);
        try
        {
            return _document ??= await ReadAsync(new Uri(any, "/openapi/v1.json"), cancel);
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task<ApiDocument> ReadAsync(Uri address, CancellationToken cancel)
    {
        using var answer = await base.SendAsync(new(HttpMethod.Get, address), cancel);
        return new(JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!);
    }
}
