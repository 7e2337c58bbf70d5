using Microsoft.Net.Http.Headers;
using Shop.Catalog.V1;

namespace Shop.Gateway;

/// <summary>Korean or English, as <c>Accept-Language</c> prefers (RFC 9110, with q values). Korean when it does not say.</summary>
internal static class Languages
{
    /// <summary>Picks, and says in the answer what was picked and that it depends on the header.</summary>
    public static Language PickLanguage(this HttpContext http)
    {
        var language = http.RequestedLanguage();
        if (language == Language.Unspecified)
            language = Language.Ko;

        http.Response.Headers.ContentLanguage = language == Language.En ? "en" : "ko";
        return language;
    }

    /// <summary>Unspecified when the header does not say: a page token may then know better.</summary>
    public static Language RequestedLanguage(this HttpContext http)
    {
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return Pick(http.Request.Headers.AcceptLanguage);
    }

    internal static Language Pick(IList<string?> acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptLanguage!, out var wishes))
            return Language.Unspecified;

        // A stable sort: of equally good ones the first.
        return wishes
            .Where(wish => wish.Quality is not 0)
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => Of(wish.Value.AsSpan()))
            .FirstOrDefault(language => language is not null) ?? Language.Unspecified;
    }

    private static Language? Of(ReadOnlySpan<char> tag)
    {
        var end = tag.IndexOf('-');
        var primary = end < 0 ? tag : tag[..end];
        if (primary.Equals("en", StringComparison.OrdinalIgnoreCase))
            return Language.En;

        if (primary.Equals("ko", StringComparison.OrdinalIgnoreCase))
            return Language.Ko;

        return primary is "*" ? Language.Unspecified : null;
    }
}
