using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Microsoft.Extensions.ServiceDiscovery;

public abstract class ServiceEndpoint
{
    public abstract EndPoint EndPoint { get; }

    public abstract IFeatureCollection Features { get; }

    public static ServiceEndpoint Create(EndPoint endPoint, IFeatureCollection? features = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return new Plain(endPoint, features ?? new FeatureCollection());
    }

    /// <summary>Takes "host", "host:port", "1.2.3.4:5" and "scheme://host:port/path".</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out ServiceEndpoint? serviceEndpoint)
    {
        serviceEndpoint = null;
        if (string.IsNullOrWhiteSpace(value))
        {
            return false;
        }

        if (value.Contains("://", StringComparison.Ordinal))
        {
            if (Uri.TryCreate(value, UriKind.Absolute, out var uri))
            {
                serviceEndpoint = Create(new UriEndPoint(uri));
            }
        }
        else if (Uri.TryCreate($"any://{value}", UriKind.Absolute, out var hostAndPort))
        {
            var port = Math.Max(hostAndPort.Port, 0);
            serviceEndpoint = Create(IPAddress.TryParse(hostAndPort.Host, out var address)
                ? new IPEndPoint(address, port)
                : new DnsEndPoint(hostAndPort.Host, port));
        }

        return serviceEndpoint is not null;
    }

    private sealed class Plain(EndPoint endPoint, IFeatureCollection features) : ServiceEndpoint
    {
        public override EndPoint EndPoint => endPoint;

        public override IFeatureCollection Features => features;

        public override string? ToString() => endPoint switch
        {
            IPEndPoint { Port: 0, Address: var address } => address.ToString(),
            DnsEndPoint { Port: 0, Host: var host } => host,
            DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
            _ => endPoint.ToString(),
        };
    }
}
