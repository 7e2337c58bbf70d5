using System.Text.Json;

namespace Shop.Testing.Web;

/// <summary>A request to the gateway.</summary>
public sealed record Call(string Method, string Path, string Query, string? Token, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
