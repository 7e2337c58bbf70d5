using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Storefront.Tests.Running;

/// <summary>Answers as the gateway does, from memory. A test changes its answers with <see cref="On"/>; what it has no answer for is an unknown route.</summary>
public sealed class StandInGateway : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<Call, Answer>> _answers = new();
    private readonly ConcurrentQueue<Call> _calls = new();

    public StandInGateway() => Reset();

    public IReadOnlyList<Call> Calls => [.. _calls];

    public StandInMembers Members { get; } = new();

    public static string Keyboard { get; } = "01942147-a571-7de9-b44b-d3f4e8cb9cac";

    public static string Mouse { get; } = "019426ae-0fe9-7028-9829-ba46fbfb49e6";

    /// <param name="what">Method and path with <c>*</c> for one segment: <c>GET /api/v1/products/*</c>.</param>
    public void On(string what, Func<Call, Answer> answer) => _answers[what] = answer;

    public void On(string what, object body) => On(what, _ => Answer.Json(200, body));

    /// <summary>As if the gateway did not know the route.</summary>
    public void Without(string what) => _answers.TryRemove(what, out _);

    /// <summary>Products and accounts, and neither baskets nor reviews nor notifications.</summary>
    public void Reset()
    {
        _answers.Clear();
        _calls.Clear();
        On("GET /api/v1/categories", new { items = new[] { new { id = "keyboards", name = "키보드", productCount = 2 } }, nextPageToken = (string?)null });
        On("GET /api/v1/products", new { items = new[] { Product(Keyboard), Product(Mouse, "무선 마우스", 39_000) }, nextPageToken = (string?)null });
        On("GET /api/v1/products/*", call => call.Path.EndsWith(Keyboard, StringComparison.Ordinal) ? Answer.Json(200, Product(Keyboard))
            : call.Path.EndsWith(Mouse, StringComparison.Ordinal) ? Answer.Json(200, Product(Mouse, "무선 마우스", 39_000))
            : Answer.Problem(404, null, "No such product."));
        On("POST /api/v1/sessions", Members.SignIn);
        On("POST /api/v1/sessions/refresh", Members.Refresh);
        On("POST /api/v1/members", _ => Answer.Json(201, new { memberId = StandInMembers.Id }));
        On("GET /api/v1/me", Members.Authorised(_ => Answer.Json(200, new { memberId = StandInMembers.Id, email = StandInMembers.Email, name = Members.Name, language = "ko" })));
        On("GET /api/v1/coupons", Members.Authorised(_ => Answer.Json(200, new { items = Array.Empty<object>(), nextPageToken = (string?)null })));
        On("GET /api/v1/orders", Members.Authorised(_ => Answer.Json(200, new { items = Array.Empty<object>(), nextPageToken = (string?)null })));
        On("GET /images/*/*", _ => new Answer(200, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml"));
        Members.Reset();
    }

    public static object Product(string id, string name = "무선 기계식 키보드", long price = 129_900, string stock = "in_stock", long available = 37, string description = "조용한 키보드") => new
    {
        id, name, description, category = new { id = "keyboards", name = "키보드" }, price = new { amount = price, currency = "KRW" }, imageUrl = $"/images/products/{id}.svg",
        stock = new { state = stock, available }, rating = new { average = (double?)4.6, count = 12 },
    };

    public static JsonObject Order(string id, string status = "pending", string? reason = null) => JsonSerializer.SerializeToNode(new
    {
        orderId = id, status, reason, placedAt = "2026-11-20T10:00:00Z",
        lines = new[] { new { productId = Keyboard, name = "무선 기계식 키보드", quantity = 2, unitPrice = new { amount = 129_900, currency = "KRW" }, lineTotal = new { amount = 259_800, currency = "KRW" } } },
        subtotal = new { amount = 259_800, currency = "KRW" }, discount = new { amount = 0, currency = "KRW" }, total = new { amount = 259_800, currency = "KRW" },
        payment = (object?)null, shipment = (object?)null, timeline = new[] { new { at = "2026-11-20T10:00:00Z", what = "placed" } }, unavailable = Array.Empty<string>(),
    })!.AsObject();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
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

public sealed record Call(string Method, string Path, string Query, string? Token, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}

public sealed record Answer(int Status, string Body, string ContentType = "application/json", int? RetryAfter = null, Exception? Failure = null)
{
    public static Answer Json(int status, object body) => new(status, JsonSerializer.Serialize(body, JsonSerializerOptions.Web));

    public static Answer Problem(int status, string? reason, string? detail, object? errors = null, int? retryAfter = null) => new(status,
        JsonSerializer.Serialize(new { type = $"urn:shop:problem:{reason ?? "x"}", reason, detail, errors, traceId = "0af7651916cd43dd8448eb211c80319c" }, JsonSerializerOptions.Web),
        "application/problem+json", retryAfter);

    /// <summary>Nobody listens.</summary>
    public static Answer None { get; } = new(0, "", Failure: new HttpRequestException("Connection refused"));
}
