using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Shop.Testing.Web;

/// <summary>A browser without JavaScript: keeps cookies, sends forms with their hidden fields and its own origin, and follows redirects when it is asked to.</summary>
public sealed class Browser(HttpClient one, HttpClient other, string language)
{
    private static readonly HtmlParser Parser = new();
    private Dictionary<string, string> _cookies = [];

    /// <summary>The same browser, whose next requests go to the other replica.</summary>
    public Browser AtOtherReplica => new(other, one, language) { _cookies = _cookies };

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>Ends the requests that run, as a browser does when its page goes.</summary>
    public CancellationToken Leaves { get; set; }

    public Task<Shown> GetAsync(string path) => SendAsync(new(HttpMethod.Get, Local(path)));

    /// <summary>Without the language.</summary>
    public Task<Shown> GetRawAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public Task<Shown> PostAsync(string path, params (string Name, string Value)[] fields) => PostFromAsync("https://shop.test", path, fields);

    public Task<Shown> PostFromAsync(string? origin, string path, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Local(path)) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return SendAsync(request);
    }

    /// <summary>Sends a form of a page: its hidden fields, and these.</summary>
    public Task<Shown> SubmitAsync(Shown page, string action, params (string Name, string Value)[] fields)
    {
        var form = page.Document.Forms.FirstOrDefault(form => form.GetAttribute("action") == Local(action))
            ?? throw new InvalidOperationException($"No form sends to {Local(action)}:\n{page.Html}");
        var names = fields.Select(field => field.Name).ToHashSet();
        var hidden = form.QuerySelectorAll("input[type=hidden]").Cast<IHtmlInputElement>().Select(input => (input.Name!, input.Value)).Where(field => !names.Contains(field.Item1));
        return PostAsync(action, [.. hidden, .. fields]);
    }

    /// <summary>Follows redirects.</summary>
    public async Task<Shown> FollowAsync(Shown shown)
    {
        while (shown.Location is { } next)
            shown = await SendAsync(new(HttpMethod.Get, next));
        return shown;
    }

    public async Task<Shown> SignInAsync(string back = "/")
    {
        var page = await GetAsync("/sign-in");
        var answer = await SubmitAsync(page, "/sign-in", ("email", StandInMembers.Email), ("password", StandInMembers.Password), ("return", back));
        return answer.Status == HttpStatusCode.SeeOther ? answer : throw new InvalidOperationException($"The sign-in is answered with {answer.Status}:\n{answer.Text}");
    }

    public async Task<Shown> SendAsync(HttpRequestMessage request)
    {
        Dictionary<string, string> sent;
        lock (_cookies)
            sent = new(_cookies);
        if (sent.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", sent.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await one.SendAsync(request, Leaves);
        lock (_cookies)
        {
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
                Keep(set);
        }

        var html = await answer.Content.ReadAsStringAsync();
        return new(answer, html, Parser.ParseDocument(html));
    }

    private void Keep(string set)
    {
        var (name, value) = set.Split(';')[0].Split('=', 2) is [var first, var second] ? (first, second) : throw new InvalidOperationException(set);
        if (set.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            _cookies.Remove(name);
        else
            _cookies[name] = value;
    }

    private string Local(string path) => $"/{language}{(path == "/" ? "" : path)}";
}
