using Shop.ServiceDefaults;

namespace Shop.Gateway;

internal static class Strangers
{
    /// <summary>
    /// Anybody may call, and whoever does is nobody: a member's token that comes along is not passed on. The service behind must see that
    /// the gateway asks, or it would not believe what the gateway says of the client.
    /// </summary>
    public static RouteHandlerBuilder AllowStrangers(this RouteHandlerBuilder endpoint) => endpoint.AllowAnyone().AddEndpointFilter((call, next) =>
    {
        call.HttpContext.Features.Set(Caller.Anonymous);
        return next(call);
    });
}
