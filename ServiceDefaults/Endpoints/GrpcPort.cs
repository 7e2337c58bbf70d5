using Microsoft.Extensions.Configuration;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>The port on which a service speaks HTTP/2 without TLS. The composition hands it over as <c>GRPC_PORT</c>.</summary>
internal static class GrpcPort
{
    private const string Key = "GRPC_PORT";

    public static int? Read(IConfiguration configuration)
    {
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!int.TryParse(text, out var port) || port is < 1 or > 65535)
            throw new InvalidOperationException($"{Key} is '{text}', which is no port (1 to 65535).");
        if (!IsListenedTo(configuration, port))
            throw new InvalidOperationException($"{Key} is {port}, but neither ASPNETCORE_URLS nor HTTP_PORTS has that port: nobody would listen.");

        return port;
    }

    private static bool IsListenedTo(IConfiguration configuration, int port) =>
        Parts(configuration["urls"]).Any(url => url.TrimEnd('/').EndsWith($":{port}", StringComparison.Ordinal))
        || Parts(configuration["http_ports"]).Contains(port.ToString());

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
