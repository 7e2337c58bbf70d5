using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Security;
using Shop.Design.Sessions;
using Shop.Design.SignIn;

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
            return View.Of<SignInPage>(new SignInModel(back, email, "", RefusedSignIn.ErrorsOf(failure, words)), RefusedSignIn.StatusOf(http, failure));
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
            return View.Of<SignUpPage>(new SignInModel(back, email, name, RefusedSignIn.ErrorsOf(failure, words)), RefusedSignIn.StatusOf(http, failure));
        }
    }

    private static string ReturnOf(string? path) => LocalPath.Of(path, "/");
}
