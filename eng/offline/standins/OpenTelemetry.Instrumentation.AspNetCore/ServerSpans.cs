using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using OpenTelemetry.Context.Propagation;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>
/// ASP.NET Core makes a span for every request, but names and describes it only in part: the rest, by
/// OpenTelemetry's conventions for HTTP servers, is added here.
/// </summary>
internal sealed class ServerSpans(AspNetCoreTraceInstrumentationOptions options) : IDisposable
{
    private static readonly PayloadProperty<Exception> s_exception = new("Exception");

    private readonly DiagnosticSubscription _subscription = new("Microsoft.AspNetCore", new Dictionary<string, Action<object>>
    {
        ["Microsoft.AspNetCore.Hosting.HttpRequestIn.Start"] = payload => OnStart(payload as HttpContext, options),
        ["Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop"] = payload => OnStop(payload as HttpContext, options),
        ["Microsoft.AspNetCore.Hosting.UnhandledException"] = payload => OnException(payload, options),
        ["Microsoft.AspNetCore.Diagnostics.UnhandledException"] = payload => OnException(payload, options),
    });

    public void Dispose() => _subscription.Dispose();

    private static void OnStart(HttpContext? context, AspNetCoreTraceInstrumentationOptions options)
    {
        if (context is null || Activity.Current is not { } span)
        {
            return;
        }

        var request = context.Request;
        if (Propagators.DefaultTextMapPropagator is not TraceContextPropagator)
        {
            // The trace's own context is ASP.NET Core's business; the baggage is not.
            Baggage.Current = Propagators.DefaultTextMapPropagator.Extract(default, request, (r, name) => r.Headers[name]).Baggage;
        }

        if (!span.IsAllDataRequested || !span.PassesFilter(options.Filter, context))
        {
            return;
        }

        span.DisplayName = SpanExtensions.Name(request.Method);
        Describe(span, request, options.ShowQuery);
        span.Enrich(options.EnrichWithHttpRequest, request);
    }

    private static void Describe(Activity span, HttpRequest request, bool showQuery)
    {
        var method = SpanExtensions.KnownMethod(request.Method);
        span.SetTag("http.request.method", method);
        if (method != request.Method)
        {
            span.SetTag("http.request.method_original", request.Method);
        }

        if (request.Host.HasValue)
        {
            span.SetTag("server.address", request.Host.Host);
            span.SetTag("server.port", request.Host.Port);
        }

        if (request.QueryString.HasValue)
        {
            span.SetTag("url.query", showQuery ? request.QueryString.Value : SpanExtensions.Redact(request.QueryString.Value!));
        }

        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.PathBase.HasValue || request.Path.HasValue ? (request.PathBase + request.Path).ToString() : "/");
        span.SetTag("network.protocol.version", request.Protocol switch
        {
            "HTTP/2" => "2",
            "HTTP/3" => "3",
            var protocol => protocol.Replace("HTTP/", "", StringComparison.Ordinal),
        });
        if (request.Headers.UserAgent is [{ Length: > 0 } userAgent, ..])
        {
            span.SetTag("user_agent.original", userAgent);
        }
    }

    private static void OnStop(HttpContext? context, AspNetCoreTraceInstrumentationOptions options)
    {
        if (context is null || Activity.Current is not { IsAllDataRequested: true } span)
        {
            return;
        }

        if (Route(context) is { } route)
        {
            span.DisplayName = SpanExtensions.Name(context.Request.Method, route);
            span.SetTag("http.route", route);
        }

        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (options.EnableGrpc)
        {
            GrpcSpan.Describe(span, context);
        }

        if (span.Status == ActivityStatusCode.Unset && context.Response.StatusCode >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Enrich(options.EnrichWithHttpResponse, context.Response);
    }

    private static void OnException(object payload, AspNetCoreTraceInstrumentationOptions options)
    {
        if (Activity.Current is not { IsAllDataRequested: true } span || s_exception.Of(payload) is not { } exception)
        {
            return;
        }

        span.SetTag("error.type", exception.GetType().FullName);
        if (options.RecordException)
        {
            span.AddException(exception);
        }

        span.SetStatus(ActivityStatusCode.Error);
        span.Enrich(options.EnrichWithException, exception);
    }

    private static string? Route(HttpContext context)
    {
        // The exception handler runs the pipeline again without an endpoint, and keeps the first one here.
        var endpoint = context.GetEndpoint() ?? context.Items["__OriginalEndpoint"] as Endpoint;
        var route = endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route;
        return route is "" ? "/" : route;
    }
}
