using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>
/// HEAD is GET without a body (RFC 9110): whatever answers the one answers the other, without saying so itself. Routing sees a GET; the server
/// still knows what was asked for and sends no body. Around everything, for routing stands before all other middlewares.
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

    /// <summary>Routing knows nothing of HEAD: where it says that GET is allowed, HEAD is.</summary>
    public static void Allow(HttpResponse response)
    {
        var allowed = response.Headers.Allow.ToString();
        var methods = allowed.Split(", ");
        if (methods.Contains(HttpMethods.Get) && !methods.Contains(HttpMethods.Head))
            response.Headers.Allow = $"{allowed}, {HttpMethods.Head}";
    }

    private sealed class Asked;
}
