using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Shop.Design.Languages;

/// <summary>
/// Moves the language from the path into <c>PathBase</c>, since routes have no common prefix: <c>/ko/basket</c> is the route <c>/basket</c> in Korean. Outermost, because
/// routing runs before all other middlewares.
/// </summary>
internal sealed class LanguagePrefix : IStartupFilter
{
    /// <summary>Remembers the language that was shown last. Nothing personal, and no secret.</summary>
    public const string Cookie = "shop-language";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            foreach (var language in Language.All)
            {
                if (!http.Request.Path.StartsWithSegments($"/{language.Code}", StringComparison.Ordinal, out var path))
                    continue;

                http.Request.PathBase = http.Request.PathBase.Add($"/{language.Code}");
                http.Request.Path = path.HasValue ? path : "/";
                http.Features.Set(language);
                break;
            }

            return rest(http);
        });
        next(app);
    };

    /// <summary>The language in the address; otherwise the cookie's, otherwise the first of <c>Accept-Language</c> that we have, otherwise Korean.</summary>
    public static Language Of(HttpContext http) =>
        http.Features.Get<Language>() ?? Language.Find(http.Request.Cookies[Cookie]) ?? Accepted(http.Request.Headers.AcceptLanguage) ?? Language.Korean;

    internal static Language? Accepted(IList<string?> header) =>
        StringWithQualityHeaderValue.TryParseList(header!, out var wishes)
            ? wishes
                .Where(wish => wish.Quality is not 0)
                .OrderByDescending(wish => wish.Quality ?? 1)
                .Select(wish => Language.Find(wish.Value.ToString().Split('-')[0].ToLowerInvariant()))
                .FirstOrDefault(language => language is not null)
            : null;
}
