using Microsoft.Extensions.Configuration;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>The port for HTTP/2 without TLS, set by the AppHost as <c>GRPC_PORT</c>.</summary>
internal static class GrpcPort
{
    private const string Key = "GRPC_PORT";
    private const string Urls = "urls";
    private const string Ports = "http_ports";

    /// <summary>
    /// Adds the port to the configured addresses, on the same host: Aspire leaves an endpoint with its own port variable out of ASPNETCORE_URLS. Returns null if no port is
    /// set.
    /// </summary>
    public static int? Listen(IConfiguration configuration)
    {
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!int.TryParse(text, out var port) || port is < 1 or > 65535)
            throw new InvalidOperationException($"{Key} is '{text}', which is not a valid port (1 to 65535).");

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

    // "http://+:8080" and "http://*:8080" are not valid URIs, so the host is parsed by hand.
    private static string OnHostOf(string url, int port)
    {
        var host = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        var colon = host.LastIndexOf(':');
        return $"http://{(colon > host.LastIndexOf(']') ? host[..colon] : host)}:{port}";
    }

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
