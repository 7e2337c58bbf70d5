using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Shop.Testing.Web;

/// <summary>Answers as the gateway does, from memory. A test changes its answers with <see cref="On(string, Func{Call, Answer})"/>; what it has no answer for is an unknown route.</summary>
public abstract class StandInHttp : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<Call, Answer>> _answers = new();
    private readonly ConcurrentQueue<Call> _calls = new();

    public IReadOnlyList<Call> Calls => [.. _calls];

    public StandInMembers Members { get; } = new();

    /// <param name="what">Method and path with <c>*</c> for one segment: <c>GET /api/v1/products/*</c>.</param>
    public void On(string what, Func<Call, Answer> answer) => _answers[what] = answer;

    public void On(string what, object body) => On(what, _ => Answer.Json(200, body));

    /// <summary>As if the gateway did not know the route.</summary>
    public void Without(string what) => _answers.TryRemove(what, out _);

    /// <summary>The account can sign in, and that is all.</summary>
    protected void Clear()
    {
        _answers.Clear();
        _calls.Clear();
        Members.Reset();
        On("POST /api/v1/sessions", Members.SignIn);
        On("POST /api/v1/sessions/refresh", Members.Refresh);
        On("GET /api/v1/me", Members.Authorised(_ => Answer.Json(200, new { memberId = StandInMembers.Id, email = StandInMembers.Email, name = Members.Name, language = "ko" })));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = new Call(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, request.Headers.Authorization?.Parameter, body,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value)));
        _calls.Enqueue(call);
        var answer = Find(call) is { } found ? found(call) : Answer.Problem(404, null, null);
        if (answer.Failure is { } failure)
            throw failure;

        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new StringContent(answer.Body, Encoding.UTF8, answer.ContentType) };
        if (answer.RetryAfter is { } seconds)
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        if (answer.Tag is { } tag)
            response.Headers.ETag = new(tag);
        return response;
    }

    private Func<Call, Answer>? Find(Call call)
    {
        var parts = call.Path.Split('/');
        return _answers.Where(answer => Fits($"{call.Method} {call.Path}", parts, answer.Key)).OrderBy(answer => answer.Key.Count(c => c == '*')).Select(answer => answer.Value).FirstOrDefault();
    }

    private static bool Fits(string what, string[] parts, string pattern)
    {
        if (what == pattern)
            return true;

        var words = pattern[(pattern.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('/');
        return what.StartsWith(pattern[..(pattern.IndexOf(' ', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)
            && words.Length == parts.Length && words.Zip(parts).All(pair => pair.First == "*" || pair.First == pair.Second);
    }
}
