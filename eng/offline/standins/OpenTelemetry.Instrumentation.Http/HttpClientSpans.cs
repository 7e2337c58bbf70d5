using System.Diagnostics;
using OpenTelemetry.Context.Propagation;

namespace OpenTelemetry.Instrumentation.Http;

/// <summary>
/// .NET itself makes the client's spans and their tags; added here are the name, baggage, exceptions, and the
/// application's filter and enrichment.
/// </summary>
internal sealed class HttpClientSpans(HttpClientTraceInstrumentationOptions options) : IDisposable
{
    private static readonly PayloadProperty<HttpRequestMessage> s_request = new("Request");
    private static readonly PayloadProperty<HttpResponseMessage> s_response = new("Response");
    private static readonly PayloadProperty<Exception> s_exception = new("Exception");

    private readonly DiagnosticSubscription _subscription = new("HttpHandlerDiagnosticListener", new Dictionary<string, Action<object>>
    {
        ["System.Net.Http.HttpRequestOut.Start"] = payload => OnStart(payload, options),
        ["System.Net.Http.HttpRequestOut.Stop"] = payload => OnStop(payload, options),
        ["System.Net.Http.Exception"] = payload => OnException(payload, options),
    });

    public void Dispose() => _subscription.Dispose();

    private static void OnStart(object payload, HttpClientTraceInstrumentationOptions options)
    {
        if (Activity.Current is not { } span || s_request.Of(payload) is not { } request)
        {
            return;
        }

        if (Propagators.DefaultTextMapPropagator is not TraceContextPropagator)
        {
            Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(span.Context, Baggage.Current), request, static (request, name, value) =>
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            });
        }

        // Without a source it was not sampled: .NET makes it for the sake of this subscription.
        if (span.Source.Name.Length == 0)
        {
            span.IsAllDataRequested = false;
        }

        if (span.IsAllDataRequested && span.PassesFilter(options.FilterHttpRequestMessage, request))
        {
            span.DisplayName = SpanExtensions.Name(request.Method.Method);
            span.Enrich(options.EnrichWithHttpRequestMessage, request);
        }
    }

    private static void OnStop(object payload, HttpClientTraceInstrumentationOptions options)
    {
        if (Activity.Current is { IsAllDataRequested: true } span && s_response.Of(payload) is { } response)
        {
            span.Enrich(options.EnrichWithHttpResponseMessage, response);
        }
    }

    private static void OnException(object payload, HttpClientTraceInstrumentationOptions options)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span || s_exception.Of(payload) is not { } exception)
        {
            return;
        }

        span.SetTag("error.type", ErrorType(exception));
        if (options.RecordException)
        {
            span.AddException(exception);
        }

        if (exception is HttpRequestException)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Enrich(options.EnrichWithException, exception);
    }

    private static string? ErrorType(Exception exception) => exception switch
    {
        // The conventions' names are those of the enumeration in snake case.
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } =>
            System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(error.ToString()),
        _ => exception.GetType().FullName,
    };
}
