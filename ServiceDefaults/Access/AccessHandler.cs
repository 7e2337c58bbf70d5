using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Access;

internal sealed class AccessHandler(IOptions<AccessOptions> options) : AuthorizationHandler<AccessRequirement>
{
    private readonly string _ownName = options.Value.ClientId;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (context.Resource is not HttpContext http)
            return Task.CompletedTask;

        var caller = Identify(context.User);
        http.Features.Set(caller);
        if (Admits(http.GetEndpoint(), caller))
            context.Succeed(requirement);

        return Task.CompletedTask;
    }

    private static bool Admits(Endpoint? endpoint, Caller caller)
    {
        // Without a route the response is 404, 405 or 415, which discloses nothing.
        if (endpoint is not RouteEndpoint)
            return true;

        foreach (var rule in endpoint.Metadata.GetOrderedMetadata<IAccessRule>())
        {
            if (rule.Admits(caller))
                return true;
        }

        return false;
    }

    /// <summary>Role and audience must match: a member's token never identifies a service, nor a service's token a member.</summary>
    private Caller Identify(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || user.FindFirst("sub")?.Value is not { Length: > 0 } subject)
            return Caller.Anonymous;

        return user.FindFirst("role")?.Value switch
        {
            "member" when IsFor(user, AccessOptions.ShopAudience) && Guid.TryParse(subject, out var id) => Caller.OfMember(id),
            "operator" when IsFor(user, AccessOptions.ShopAudience) && Guid.TryParse(subject, out var id) => Caller.OfOperator(id),
            "service" when IsFor(user, _ownName) => Caller.OfService(subject),
            _ => Caller.Anonymous,
        };
    }

    private static bool IsFor(ClaimsPrincipal user, string audience) => user.HasClaim("aud", audience);
}
