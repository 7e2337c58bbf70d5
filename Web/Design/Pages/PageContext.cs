using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Shop.Design.Assets;
using Shop.Design.Languages;
using Shop.Design.Security;
using Shop.Design.Sessions;

namespace Shop.Design.Pages;

/// <summary>What components need of the request.</summary>
internal sealed class PageContext(
    IHttpContextAccessor accessor, CurrentSession session, AssetFiles assets, FormTokens forms, Wording words, IOptions<SiteOptions> options)
{
    private HttpContext Http => accessor.HttpContext!;

    public Session? Session => session.Row;

    public bool IsSignedIn => session.IsSignedIn;

    /// <summary>Path and query of this page, without the language.</summary>
    public string Here => $"{Http.Request.Path}{Http.Request.QueryString}";

    /// <summary>This page's address, to ask for it again; null: a form was sent, which cannot be asked for.</summary>
    public string? Reload => HttpMethods.IsGet(Http.Request.Method) ? Link(Here) : null;

    /// <summary>
    /// One for all forms of a page: fifty different ones would not compress. Null: without a session there is nothing to protect, and pages without a token can be kept.
    /// </summary>
    public string? FormToken => session.Row is { } row ? field ??= forms.Of(row) : null;

    public string Link(string path) => LinkIn(words.Language, path);

    public string LinkIn(Language language, string path) => $"/{language.Code}{(path == "/" ? "" : path)}";

    /// <summary>With scheme and host, for search engines and other sites.</summary>
    public string AbsoluteIn(Language language, string path) => $"{Origin}{LinkIn(language, path)}";

    /// <summary>An address of the API, which may be a path of this site.</summary>
    public string Absolute(string address) => new Uri(new Uri(Origin), address).AbsoluteUri;

    /// <summary>The configured origin; otherwise the request's, which a client can choose.</summary>
    public string Origin => options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{Http.Request.Scheme}://{Http.Request.Host}";

    /// <summary><see cref="Origin"/> is the configured one.</summary>
    public bool HasPublicOrigin => options.Value.PublicUrl is not null;

    public string Asset(string name) => assets.PathOf(name);
}
