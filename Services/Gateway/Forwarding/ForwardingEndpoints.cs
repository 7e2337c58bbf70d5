using Shop.Gateway.OpenApi;
using Shop.ServiceDefaults;

namespace Shop.Gateway.Forwarding;

public static class ForwardingEndpoints
{
    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];

    public static void AddForwarding(this WebApplicationBuilder builder) => builder.Services.AddHttpClient().AddSingleton<Forwarder>();

    public static void MapForwarding(this WebApplication app)
    {
        app.MapMethods("/images/{**path}", s_methods, (HttpContext http, Forwarder forwarder) => forwarder.ForwardAsync(http, "catalog"))
            .AllowAnyone().ExcludeFromDescription();
        app.MapMethods("/.well-known/jwks.json", s_methods, (HttpContext http, Forwarder forwarder) => forwarder.ForwardAsync(http, "members"))
            .AllowAnyone().ExcludeFromDescription();
    }
}
