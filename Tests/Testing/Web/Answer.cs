using System.Text.Json;

namespace Shop.Testing.Web;

/// <summary>What the gateway answers.</summary>
/// <param name="Tag">Its <c>ETag</c>.</param>
public sealed record Answer(int Status, string Body, string ContentType = "application/json", int? RetryAfter = null, Exception? Failure = null, string? Tag = null)
{
    public static Answer Json(int status, object body) => new(status, JsonSerializer.Serialize(body, JsonSerializerOptions.Web));

    public static Answer Problem(int status, string? reason, string? detail, object? errors = null, int? retryAfter = null) => new(status,
        JsonSerializer.Serialize(new { type = $"urn:shop:problem:{reason ?? "x"}", reason, detail, errors, traceId = "0af7651916cd43dd8448eb211c80319c" }, JsonSerializerOptions.Web),
        "application/problem+json", retryAfter);

    /// <summary>Nobody listens.</summary>
    public static Answer None { get; } = new(0, "", Failure: new HttpRequestException("Connection refused"));
}
