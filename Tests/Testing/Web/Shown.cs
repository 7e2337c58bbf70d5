using System.Net;
using AngleSharp.Html.Dom;

namespace Shop.Testing.Web;

/// <summary>What the browser was shown.</summary>
public sealed record Shown(HttpResponseMessage Answer, string Html, IHtmlDocument Document)
{
    public HttpStatusCode Status => Answer.StatusCode;

    public string? Location => Answer.Headers.Location?.OriginalString;

    public string Text => Document.Body?.TextContent ?? "";

    public string? Header(string name) => Answer.Headers.TryGetValues(name, out var values) || Answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}
