using System.Net;

namespace Microsoft.Extensions.ServiceDiscovery.Http;

/// <summary>Sends every request to one of the endpoints of the service that its address names.</summary>
internal sealed class ResolvingHandler(ServiceLookups lookups, ServiceDiscoveryOptions options) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var original = request.RequestUri ?? throw new InvalidOperationException("Cannot resolve an endpoint for a request which has no RequestUri");
        var endpoint = await lookups.Get(original.GetLeftPart(UriPartial.Authority)).GetOneAsync(cancellationToken).ConfigureAwait(false);
        request.RequestUri = Address(original, endpoint.EndPoint);
        request.Headers.Host ??= endpoint.Features.Get<IHostNameFeature>()?.HostName;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A retry outside of this handler looks the service up anew.
            request.RequestUri = original;
        }
    }

    private Uri Address(Uri original, EndPoint endPoint)
    {
        var result = new UriBuilder(original);
        switch (endPoint)
        {
            case UriEndPoint { Uri: var uri }:
                (result.Scheme, result.Host) = (uri.Scheme, uri.Host);
                SetPort(uri.Port);
                if (uri.AbsolutePath.Length > 1)
                {
                    result.Path = $"{uri.AbsolutePath.TrimEnd('/')}/{original.AbsolutePath.TrimStart('/')}";
                }

                return result.Uri;
            case IPEndPoint ip:
                result.Host = ip.Address.ToString();
                SetPort(ip.Port);
                break;
            case DnsEndPoint dns:
                result.Host = dns.Host;
                SetPort(dns.Port);
                break;
            default:
                throw new InvalidOperationException($"Endpoints of type {endPoint.GetType()} are not supported");
        }

        if (original.Scheme.Contains('+', StringComparison.Ordinal))
        {
            result.Scheme = FirstScheme(original.Scheme);
        }

        return result.Uri;

        void SetPort(int port)
        {
            if (port > 0)
            {
                result.Port = port;
            }
        }
    }

    private string FirstScheme(string schemes)
    {
        var scheme = schemes.Split('+')[0];
        return options.AllowAllSchemes || options.AllowedSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase)
            ? scheme
            : throw new InvalidOperationException($"The scheme '{scheme}' is not allowed.");
    }
}
