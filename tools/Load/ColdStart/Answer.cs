using System.Text.Json;

namespace Shop.Load.ColdStart;

/// <summary>One call and its result.</summary>
/// <param name="Error">Null: success.</param>
/// <param name="Body">The JSON of a successful answer.</param>
internal sealed record Answer(string What, double Milliseconds, string? Error, JsonElement Body);
