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

            http.Response.OnStarting(() =>
            {
                AllowHead(http.Response);
                return Task.CompletedTask;
            });
            return rest(http);
        });
        next(app);
    };

    public static bool IsHead(HttpContext http) => http.Features.Get<Asked>() is not null;

    private static void AllowHead(HttpResponse response)
    {
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed
            && response.Headers.Allow.ToString() is { } allowed && allowed.Split(", ") is { } methods && methods.Contains(HttpMethods.Get) && !methods.Contains(HttpMethods.Head))
        {
            response.Headers.Allow = $"{allowed}, {HttpMethods.Head}";
        }
    }

    private sealed class Asked;
}
