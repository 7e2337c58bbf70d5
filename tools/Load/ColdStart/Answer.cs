using System.Text.Json;

namespace Shop.Load.ColdStart;

/// <summary>One call and what came of it.</summary>
/// <param name="Error">Null: it was answered as it should be.</param>
/// <param name="Body">Of a good answer.</param>
public sealed record Answer(string What, double Milliseconds, string? Error, JsonElement Body);
