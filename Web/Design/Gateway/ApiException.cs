using System.Text.Json;

namespace Shop.Design.Gateway;

/// <summary>The API's answer is an error, or there is none (503). Pages choose their text by <see cref="Reason"/> and <see cref="Status"/>.</summary>
internal sealed class ApiException(int status, ApiProblem problem, TimeSpan? retryAfter = null, Exception? cause = null)
    : Exception($"The gateway answered {status} {problem.Reason ?? problem.Type}: {problem.Detail}", cause)
{
    public int Status => status;

    /// <summary>The API's stable code; null where the status says all.</summary>
    public string? Reason => problem.Reason;

    /// <summary>English, for logs; and for coupons, why one cannot be used.</summary>
    public string? Detail => problem.Detail;

    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>By the names of the API's fields.</summary>
    public IReadOnlyDictionary<string, string[]> Errors => problem.Errors ?? new Dictionary<string, string[]>();

    /// <summary>A member of the problem, such as the new <c>total</c> of <c>price_changed</c>.</summary>
    public JsonElement? Extension(string name) => problem.More is { } more && more.TryGetValue(name, out var value) ? value : null;

    /// <summary>
    /// The part of the shop behind this call is not there: its service does not answer, or the gateway does not know the route (then, unlike a thing that does not exist,
    /// the problem has no detail).
    /// </summary>
    public bool IsUnavailable => status is 502 or 503 or 504 || (status == 404 && problem.Detail is null);

    public static ApiException Unavailable(Exception? cause = null) => new(503, new(null, null, null, null, null), cause: cause);
}
