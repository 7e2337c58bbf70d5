using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Security;
using Shop.Design.Sessions;
using Shop.Design.SignIn;

namespace Shop.Console.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPage("/sign-in", (HttpContext http) => View.Of<SignInPage>(new SignInModel(ReturnOf(http.Request.Query["return"]), "", FormErrors.None))).WithMetadata(new OpenPage());
        app.MapForm("/sign-in", SignInAsync).WithMetadata(new OpenPage());
        app.MapForm("/sign-out", async (HttpContext http, CurrentSession session, CancellationToken cancel) =>
        {
            await session.SignOutAsync(everywhere: false, cancel);
            return Go.To(http, "/sign-in");
        });
    }

    private static async Task<IResult> SignInAsync(HttpContext http, OperatorSignIn signIn, Wording words, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var (email, back) = (form["email"].ToString(), ReturnOf(form["return"]));
        try
        {
            await signIn.HandleAsync(email, form["password"].ToString(), cancel);
            return Go.To(http, back);
        }
        catch (NotOperatorException)
        {
            return View.Of<SignInPage>(new SignInModel(back, email, FormErrors.Of(words["signIn.notOperator"])), StatusCodes.Status403Forbidden);
        }
        catch (ApiException failure) when (failure.Status is 400 or 401 or 429)
        {
            return View.Of<SignInPage>(new SignInModel(back, email, RefusedSignIn.ErrorsOf(failure, words)), RefusedSignIn.StatusOf(http, failure));
        }
    }

    private static string ReturnOf(string? path) => LocalPath.Of(path, "/");
}
