using System.Diagnostics;
using System.Net;

namespace OpenTelemetry.Instrumentation.Http;

public class HttpClientTraceInstrumentationOptions
{
    public Func<HttpRequestMessage, bool>? FilterHttpRequestMessage { get; set; }

    public Action<Activity, HttpRequestMessage>? EnrichWithHttpRequestMessage { get; set; }

    public Action<Activity, HttpResponseMessage>? EnrichWithHttpResponseMessage { get; set; }

    public Action<Activity, Exception>? EnrichWithException { get; set; }

    /// <summary>Of .NET Framework only; here it has no effect, as with the official package.</summary>
    public Func<HttpWebRequest, bool>? FilterHttpWebRequest { get; set; }

    /// <inheritdoc cref="FilterHttpWebRequest"/>
    public Action<Activity, HttpWebRequest>? EnrichWithHttpWebRequest { get; set; }

    /// <inheritdoc cref="FilterHttpWebRequest"/>
    public Action<Activity, HttpWebResponse>? EnrichWithHttpWebResponse { get; set; }

    public bool RecordException { get; set; }
}
