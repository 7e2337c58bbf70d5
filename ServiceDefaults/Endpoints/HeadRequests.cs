using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>
/// HEAD is GET without a body (RFC 9110): every GET endpoint also serves HEAD. Routing sees a GET; the server still knows the original method and sends no body.
/// Outermost, because routing runs before all other middlewares.
/// </summary>
internal sealed class HeadRequests : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            if (HttpMethods.IsHead(http.Request.Method))
            {
                http.Request.Method = HttpMethods.Get;
                http.Features.Set(new Asked());
            }

            return rest(http);
        });
        next(app);
    };

    public static bool IsHead(HttpContext http) => http.Features.Get<Asked>() is not null;

    /// <summary>Adds HEAD to the Allow header wherever routing has put GET.</summary>
    public static void Allow(HttpResponse response)
    {
        var allowed = response.Headers.Allow.ToString();
        var methods = allowed.Split(", ");
        if (methods.Contains(HttpMethods.Get) && !methods.Contains(HttpMethods.Head))
            response.Headers.Allow = $"{allowed}, {HttpMethods.Head}";
    }

    private sealed class Asked;
}
