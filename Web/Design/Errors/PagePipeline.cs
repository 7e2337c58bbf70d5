using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Design.Security;
using Shop.Design.Sessions;

namespace Shop.Design.Errors;

internal static class PagePipeline
{
    /// <summary>What happens around every page: failures become pages, the language is in the address, forms are ours, the session is loaded.</summary>
    /// <typeparam name="TErrorPage">The program's own page, whose <c>Model</c> is an <see cref="ErrorModel"/>.</typeparam>
    /// <param name="check">Judges the request by its session, before a form is read.</param>
    public static void UsePages<TErrorPage>(this WebApplication app, Action<HttpContext>? check = null) where TErrorPage : IComponent
    {
        app.UseResponseCompression();
        app.UseMiddleware<ErrorPages<TErrorPage>>();
        app.Use(async (http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<PageEndpoint>() is not { } page)
            {
                await next(http);
                return;
            }

            if (http.Features.Get<Language>() is null && HttpMethods.IsGet(http.Request.Method))
            {
                ToLanguage(http);
                return;
            }

            await CheckAsync(http, page, check);
            RememberLanguage(http);
            await next(http);
        });
    }

    private static async Task CheckAsync(HttpContext http, PageEndpoint page, Action<HttpContext>? check)
    {
        var isForm = HttpMethods.IsPost(http.Request.Method);
        if (isForm && !SameOrigin.IsStatedBy(http.Request))
            throw new ForeignFormException();

        var session = http.RequestServices.GetRequiredService<CurrentSession>();
        await session.LoadAsync(http.RequestAborted);
        check?.Invoke(http);
        var form = isForm ? await ReadAsync(http) : null;
        if (form is not null && !page.IsOpenForm && session.Row is { } row && !http.RequestServices.GetRequiredService<FormTokens>().IsValid(row, form))
            throw new ForeignFormException();

        // Without a session a page shows nothing personal, and the browser may show it again when its reader goes back.
        if (session.Row is null)
            http.Response.Headers.CacheControl = "private, no-cache";
    }

    /// <summary>Kept by the request: endpoints read it again. Too large a body has a status of its own; an encoding that is known and refused (UTF-7) has an exception of its own.</summary>
    private static async Task<IFormCollection> ReadAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception failure) when (failure is InvalidOperationException or InvalidDataException or NotSupportedException or ArgumentException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("The body is no form, or one that cannot be read.", failure);
        }
    }

    private static void ToLanguage(HttpContext http)
    {
        http.Response.Headers.Vary = "Accept-Language, Cookie";
        var path = http.Request.Path == "/" ? "" : http.Request.Path.ToUriComponent();
        http.Response.Redirect($"/{LanguagePrefix.Of(http).Code}{path}{http.Request.QueryString}");
    }

    private static void RememberLanguage(HttpContext http)
    {
        var language = LanguagePrefix.Of(http);
        if (http.Request.Cookies[LanguagePrefix.Cookie] != language.Code)
            http.Response.Cookies.Append(LanguagePrefix.Cookie, language.Code, new() { Path = "/", MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = true });
    }
}
