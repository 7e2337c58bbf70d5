using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.Design.Security;

/// <summary>On every answer, also on those that never reach an endpoint.</summary>
internal sealed class SecurityHeaders : IStartupFilter
{
    public const string ContentSecurity = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            // As late as possible: an error clears the headers that were set before it.
            http.Response.OnStarting(() =>
            {
                Set(http.Response.Headers);
                return Task.CompletedTask;
            });
            return rest(http);
        });
        next(app);
    };

    private static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: forms would be sent with "Origin: null".
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        // For a script that these pages do not have.
        headers.Remove("blazor-enhanced-nav");
        // What may be kept says so itself.
        headers.CacheControl = headers.CacheControl.Count == 0 ? "no-store" : headers.CacheControl;
    }
}
