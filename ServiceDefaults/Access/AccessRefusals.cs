using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Endpoints;
using Shop.ServiceDefaults.Errors;

namespace Shop.ServiceDefaults.Access;

/// <summary>Says no in the words of the protocol that asked, before the body is looked at.</summary>
internal sealed class AccessRefusals : IAuthorizationMiddlewareResultHandler
{
    /// <summary>A token came and does not count: its bearer should get another one.</summary>
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

    /// <summary>Why the token did not count. It was checked already, this only asks for the result: the middleware forgets all but successes.</summary>
    private static async Task<Exception?> FailureAsync(HttpContext context) => (await context.AuthenticateAsync().ConfigureAwait(false)).Failure;

    private static ShopException Explain(PolicyAuthorizationResult result, Exception? failure) =>
        failure switch
        {
            TokenKeysUnavailableException => new UnavailableException("Tokens cannot be checked for the moment.", TimeSpan.FromSeconds(1)),
            not null => new UnauthenticatedException("The token is not valid here, or not any more.", TokenInvalid),
            null when result.Challenged => new UnauthenticatedException(),
            null => new ForbiddenException(),
        };
}
