using Microsoft.Extensions.Options;

namespace Shop.Console.Tracing;

/// <summary>Addresses of traces in the dashboard.</summary>
internal sealed class TraceLinks(IOptions<DashboardOptions> options)
{
    private const int IdLength = 32;

    /// <summary>Null: the dashboard's address is not known, or that is no trace id.</summary>
    public string? Of(string? traceId) =>
        options.Value.Url is { } dashboard && traceId is { Length: IdLength } && traceId.All(char.IsAsciiHexDigitLower)
            ? new Uri(dashboard, $"/traces/detail/{traceId}").ToString()
            : null;
}
