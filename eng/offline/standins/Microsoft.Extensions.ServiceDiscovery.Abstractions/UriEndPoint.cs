using System.Net;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>An endpoint that says its scheme, too.</summary>
public class UriEndPoint : EndPoint
{
    public UriEndPoint(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        Uri = uri;
    }

    public Uri Uri { get; }

    public override bool Equals(object? obj) => obj is UriEndPoint other && Uri == other.Uri;

    public override int GetHashCode() => Uri.GetHashCode();

    public override string? ToString() => Uri.ToString();
}
