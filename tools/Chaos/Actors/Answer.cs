using System.Net;
using System.Text.Json;

namespace Shop.Chaos.Actors;

/// <summary>An answer of the shop that is not repeated.</summary>
/// <param name="Body">Undefined if there is none.</param>
/// <param name="Tries">1: no earlier try of the request is in doubt.</param>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body, string? ETag, int Tries)
{
    /// <summary>The last part of the problem's type: <c>price_changed</c>. Empty: it is no problem.</summary>
    public string Reason => Text("type")?.Split(':')[^1] ?? "";

    public string? Text(string name) =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public override string ToString() => $"{(int)Status} {(Body.ValueKind is JsonValueKind.Undefined ? "" : Body.GetRawText())}";
}
