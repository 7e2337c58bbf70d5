using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Gateway.Forwarding;

internal static class ForwardingEndpoints
{
    public static void MapForwarding(this WebApplication app)
    {
        app.MapGet("/images/{**path}", (string? path, HttpContext http, Forwarder forwarder) => forwarder.ForwardAsync(http, "catalog", ForwardedPath.Below("/images/", path)))
            .AllowAnyone().ExcludeFromDescription();
        app.MapGet("/.well-known/jwks.json", (HttpContext http, Forwarder forwarder) => forwarder.ForwardAsync(http, "members", ForwardedPath.Of("/.well-known/jwks.json")))
            .AllowAnyone().ExcludeFromDescription();
    }
}
