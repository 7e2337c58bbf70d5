using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

public class AspNetCoreTraceInstrumentationOptions
{
    public Func<HttpContext, bool>? Filter { get; set; }

    public Action<Activity, HttpRequest>? EnrichWithHttpRequest { get; set; }

    public Action<Activity, HttpResponse>? EnrichWithHttpResponse { get; set; }

    public Action<Activity, Exception>? EnrichWithException { get; set; }

    public bool RecordException { get; set; }

    public bool EnableAspNetCoreSignalRSupport { get; set; } = true;

    public bool EnableRazorComponentsSupport { get; set; } = true;

    internal bool EnableGrpc { get; } = IsSet("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_ENABLE_GRPC_INSTRUMENTATION");

    internal bool ShowQuery { get; } = IsSet("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION");

    private static bool IsSet(string variable) =>
        bool.TryParse(Environment.GetEnvironmentVariable(variable), out var value) && value;
}
