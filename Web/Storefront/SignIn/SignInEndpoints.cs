using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Security;
using Shop.Design.Sessions;
using Shop.Storefront.Layout;

namespace Shop.Storefront.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPage("/sign-in", (HttpContext http) => View.Of<SignInPage>(new SignInModel(ReturnOf(http.Request.Query["return"]), "", "", FormErrors.None)));
        app.MapForm("/sign-in", SignInAsync);
        app.MapPage("/sign-up", (HttpContext http) => View.Of<SignUpPage>(new SignInModel(ReturnOf(http.Request.Query["return"]), "", "", FormErrors.None)));
        app.MapForm("/sign-up", SignUpAsync);
        app.MapForm("/sign-out", async (HttpContext http, CurrentSession session, CancellationToken cancel) =>
        {
            var form = await http.Request.ReadFormAsync(cancel);
            await session.SignOutAsync(everywhere: form["everywhere"].Count > 0, cancel);
            return Go.To(http, "/");
        });
    }

    private static async Task<IResult> SignInAsync(HttpContext http, OpenSession openSession, Wording words, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var (email, back) = (form["email"].ToString(), ReturnOf(form["return"]));
        try
        {
            var left = await openSession.SignInAsync(email, form["password"].ToString(), cancel);
            return Go.To(http, left > 0 ? $"/basket?left={left}" : back);
        }
        catch (ApiException failure) when (failure.Status is 400 or 401 or 429)
        {
            return View.Of<SignInPage>(new SignInModel(back, email, "", ErrorsOf(failure, words)), StatusOf(http, failure));
        }
    }

    private static async Task<IResult> SignUpAsync(HttpContext http, OpenSession openSession, Wording words, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var (email, name, back) = (form["email"].ToString(), form["name"].ToString(), ReturnOf(form["return"]));
        try
        {
            var left = await openSession.SignUpAsync(email, form["password"].ToString(), name, words.Language, cancel);
            return Go.To(http, left > 0 ? $"/basket?left={left}" : back);
        }
        catch (ApiException failure) when (failure.Status is 400 or 409 or 429)
        {
            return View.Of<SignUpPage>(new SignInModel(back, email, name, ErrorsOf(failure, words)), StatusOf(http, failure));
        }
    }

    private static string ReturnOf(string? path) => LocalPath.Of(path, "/");

    private static FormErrors ErrorsOf(ApiException failure, Wording words)
    {
        if (failure.Status == 429)
            return FormErrors.Of(words["signIn.wait", Math.Max(1, (int)Math.Ceiling((failure.RetryAfter ?? TimeSpan.FromSeconds(30)).TotalSeconds))]);
        if (failure.Errors.Count == 0)
            return FormErrors.Of(words.OfCode("reason", failure.Reason, "invalid"));

        return failure.Errors.Keys.Aggregate(FormErrors.None, (errors, field) => errors.With(field, words.OfCode("invalid", field, "invalid")));
    }

    private static int StatusOf(HttpContext http, ApiException failure)
    {
        if (failure is { Status: 429, RetryAfter: { } wait })
            http.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
        return failure.Status == 429 ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity;
    }
}
