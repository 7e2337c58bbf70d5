using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Access;

/// <summary>Says no in the words of the protocol that asked, before the body is looked at.</summary>
internal sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    /// <summary>A token came and does not count: its bearer should get another one.</summary>
    public const string TokenInvalid = "token_invalid";

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);

        var error = Explain(context, authorizeResult);
        if (GrpcRefusal.IsGrpc(context.Request))
            return GrpcRefusal.WriteAsync(context.Response, error);

        if (error is UnauthenticatedException)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(context, Problems.Of(error), error.RetryAfter);
    }

    private static ShopException Explain(HttpContext context, PolicyAuthorizationResult result)
    {
        var failure = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Failure;

        return failure switch
        {
            TokenKeysAwayException => new UnavailableException("Tokens cannot be checked for the moment.", TimeSpan.FromSeconds(1)),
            not null => new UnauthenticatedException("The token is not valid here, or not any more.", TokenInvalid),
            null when result.Challenged => new UnauthenticatedException(),
            null => new ForbiddenException(),
        };
    }
}
