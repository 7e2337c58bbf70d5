using Microsoft.AspNetCore.Http;

namespace Shop.Design.Security;

/// <summary>Whether a form was sent from a page of this site: what browsers state in <c>Sec-Fetch-Site</c>, older ones in <c>Origin</c>. Without either it is refused.</summary>
internal static class SameOrigin
{
    public static bool IsStatedBy(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site == "same-origin";

        // Without the scheme: behind a proxy that ends TLS it is http here.
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin) && origin.Authority == Authority(request);
    }

    // As Uri has it: without the scheme's own port.
    private static string Authority(HttpRequest request) =>
        Uri.TryCreate($"{new Uri(request.Headers.Origin.ToString()).Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : "";
}
