using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Design.Assets;

internal static class AssetEndpoints
{
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        // The version is not compared: a page of a replica with other files gets these, for a moment, and not for ever.
        app.MapGet("/assets/{version}/{name}", (string version, string name, HttpContext http, AssetFiles files) =>
            files.All.TryGetValue(name, out var asset) ? WriteAsync(http, asset, version == files.Version) : MissingAsync(http));
        app.MapGet("/favicon.ico", (HttpContext http, AssetFiles files) => WriteAsync(http, files.All["icon.svg"], isVersioned: false));
    }

    private static async Task WriteAsync(HttpContext http, Asset asset, bool isVersioned)
    {
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (encoding, bytes) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", asset.Brotli)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", asset.Gzip)
            : (null, asset.Plain);
        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = isVersioned ? ForEver : "public, max-age=60";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (encoding is not null)
            http.Response.Headers.ContentEncoding = encoding;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static Task MissingAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
