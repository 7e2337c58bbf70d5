using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>What is looked for: <c>[scheme[+scheme…]://][_endpoint.]service</c>.</summary>
public sealed class ServiceEndpointQuery
{
    private readonly string _text;

    private ServiceEndpointQuery(string text, string[] schemes, string serviceName, string? endpointName) =>
        (_text, IncludedSchemes, ServiceName, EndpointName) = (text, schemes, serviceName, endpointName);

    /// <summary>In the order of preference; empty if the query names none.</summary>
    public IReadOnlyList<string> IncludedSchemes { get; }

    public string? EndpointName { get; }

    public string ServiceName { get; }

    public static bool TryParse(string input, [NotNullWhen(true)] out ServiceEndpointQuery? query)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        query = null;

        var hasScheme = input.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? input : $"any://{input}", UriKind.Absolute, out var uri))
        {
            return false;
        }

        var (endpoint, service) = SplitHost(uri.Host);
        query = new ServiceEndpointQuery(input, hasScheme ? uri.Scheme.Split('+') : [], service, endpoint);
        return true;
    }

    public override string? ToString() => _text;

    private static (string? Endpoint, string Service) SplitHost(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return host.StartsWith('_') && dot > 1 && !host.EndsWith('.')
            ? (host[1..dot], host[(dot + 1)..])
            : (null, host);
    }
}
