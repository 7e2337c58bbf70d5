using Microsoft.AspNetCore.Http;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;

namespace Shop.Design.SignIn;

/// <summary>A refused sign-in or sign-up as errors of its form, and as the status of the page.</summary>
internal static class RefusedSignIn
{
    public static FormErrors ErrorsOf(ApiException failure, Wording words)
    {
        if (failure.Status == 429)
            return FormErrors.Of(words["signIn.wait", Math.Max(1, (int)Math.Ceiling((failure.RetryAfter ?? TimeSpan.FromSeconds(30)).TotalSeconds))]);
        if (failure.Errors.Count == 0)
            return FormErrors.Of(words.OfCode("reason", failure.Reason, "invalid"));

        return failure.Errors.Keys.Aggregate(FormErrors.None, (errors, field) => errors.With(field, words.OfCode("invalid", field, "invalid")));
    }

    public static int StatusOf(HttpContext http, ApiException failure)
    {
        if (failure is { Status: 429, RetryAfter: { } wait })
            http.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
        return failure.Status == 429 ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity;
    }
}
