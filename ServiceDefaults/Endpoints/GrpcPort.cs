using Microsoft.Extensions.Configuration;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>The port on which a service speaks HTTP/2 without TLS. The composition hands it over as <c>GRPC_PORT</c>.</summary>
internal static class GrpcPort
{
    private const string Key = "GRPC_PORT";
    private const string Urls = "urls";
    private const string Ports = "http_ports";

    /// <summary>
    /// The port, or null where none is set. Aspire leaves an endpoint with a port variable of its own out of ASPNETCORE_URLS, so the port is added here,
    /// on the same host as the others.
    /// </summary>
    public static int? Listen(IConfiguration configuration)
    {
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!int.TryParse(text, out var port) || port is < 1 or > 65535)
            throw new InvalidOperationException($"{Key} is '{text}', which is no port (1 to 65535).");

        var urls = Parts(configuration[Urls]);
        if (urls.Length > 0)
        {
            if (!urls.Any(url => url.TrimEnd('/').EndsWith($":{port}", StringComparison.Ordinal)))
                configuration[Urls] = $"{configuration[Urls]};{OnHostOf(urls[0], port)}";
        }
        else if (!Parts(configuration[Ports]).Contains(port.ToString()))
        {
            configuration[Ports] = string.Join(';', [.. Parts(configuration[Ports]), port.ToString()]);
        }

        return port;
    }

    // "http://+:8080" and "http://*:8080" are no URIs, so the host is cut out by hand.
    private static string OnHostOf(string url, int port)
    {
        var host = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        var colon = host.LastIndexOf(':');
        return $"http://{(colon > host.LastIndexOf(']') ? host[..colon] : host)}:{port}";
    }

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
