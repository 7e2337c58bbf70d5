using Microsoft.AspNetCore.Http;
using Shop.Design.Languages;
using Shop.Design.Security;

namespace Shop.Design.Pages;

/// <summary>After a form: another page, by GET (303), in the same language.</summary>
internal static class Go
{
    public static IResult To(HttpContext http, string path) => new SeeOther($"/{LanguagePrefix.Of(http).Code}{LocalPath.Of(path, "/") switch { "/" => "", var local => local }}");

    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = LocalPath.ForHeader(location);
            return Task.CompletedTask;
        }
    }
}
