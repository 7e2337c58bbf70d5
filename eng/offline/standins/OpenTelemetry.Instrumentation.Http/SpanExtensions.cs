using System.Diagnostics;
using System.Text;

namespace OpenTelemetry.Instrumentation;

internal static class SpanExtensions
{
    /// <summary>Calls the application's own code; what that throws is noted on the span and goes no further.</summary>
    public static void Enrich<T>(this Activity span, Action<Activity, T>? enrich, T with)
    {
        try
        {
            enrich?.Invoke(span, with);
        }
        catch (Exception e)
        {
            span.AddException(e);
        }
    }

    /// <summary>False: the span is not recorded. A filter that throws counts as a no.</summary>
    public static bool PassesFilter<T>(this Activity span, Func<T, bool>? filter, T item)
    {
        bool passes;
        try
        {
            passes = filter?.Invoke(item) ?? true;
        }
        catch (Exception)
        {
            passes = false;
        }

        if (!passes)
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        return passes;
    }

    /// <summary>The methods of HTTP by name; others, which a client may invent at will, become one.</summary>
    public static string KnownMethod(string method) => method.ToUpperInvariant() switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE" or "PATCH" or "QUERY" => method.ToUpperInvariant(),
        _ => "_OTHER",
    };

    public static string Name(string method, string? route = null)
    {
        var known = KnownMethod(method);
        var prefix = known == "_OTHER" ? "HTTP" : known;
        return string.IsNullOrEmpty(route) ? prefix : $"{prefix} {route}";
    }

    /// <summary>"?a=1&amp;b=2" becomes "?a=Redacted&amp;b=Redacted".</summary>
    public static string Redact(string query)
    {
        var result = new StringBuilder(query.Length);
        foreach (var part in query.Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            result.Append(result.Length == 0 ? "" : "&");
            result.Append(equals < 0 ? part : $"{part[..equals]}=Redacted");
        }

        return result.ToString();
    }
}
