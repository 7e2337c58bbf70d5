using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Design.Gateway;

/// <summary>The problem details (RFC 9457) of the API.</summary>
internal sealed record ApiProblem(string? Type, string? Reason, string? Detail, string? TraceId, IReadOnlyDictionary<string, string[]>? Errors)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }
}
