using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Endpoints;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Access;

/// <summary>Writes the response of a refused request in its protocol, before the body is read.</summary>
internal sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    /// <summary>The request has a token that is not accepted: the caller should get a new one.</summary>
    public const string TokenInvalid = "token_invalid";

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var error = Explain(authorizeResult, await FailureAsync(context).ConfigureAwait(false));
        if (GrpcRequest.Is(context))
        {
            GrpcRefusal.Write(context.Response, error);
            return;
        }

        if (error is UnauthenticatedException)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.WriteAsync(context, Problems.Of(error), error.RetryAfter).ConfigureAwait(false);
    }

    /// <summary>Why the token was not accepted: the cached result of the check, which the middleware keeps only for successes.</summary>
    private static async Task<Exception?> FailureAsync(HttpContext context) => (await context.AuthenticateAsync().ConfigureAwait(false)).Failure;

    private static ShopException Explain(PolicyAuthorizationResult result, Exception? failure) =>
        failure switch
        {
            TokenKeysUnavailableException => new UnavailableException("Tokens cannot be checked at the moment.", TimeSpan.FromSeconds(1)),
            not null => new UnauthenticatedException("The token is not valid for this service, or has expired.", TokenInvalid),
            null when result.Challenged => new UnauthenticatedException(),
            null => new ForbiddenException(),
        };
}
