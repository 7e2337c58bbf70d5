using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shop.Console.DeadLetters;

/// <summary>One event of the API, parked or not, with its payload and what became of it.</summary>
/// <param name="Source">The service that published it.</param>
/// <param name="Status"><c>parked</c>, <c>replayed</c> or <c>discarded</c>.</param>
/// <param name="ResolvedBy">The operator's member id.</param>
/// <param name="Resolution">Why it was discarded.</param>
/// <param name="PayloadSize">In bytes.</param>
/// <param name="Payload">Null: it cannot be read, or is too long.</param>
/// <param name="PayloadBase64">Of a payload that is null, or has more than it shows; null as well if it is too long.</param>
public sealed record DeadLetterDetails(
    string Id, string Service, string Consumer, string Topic, string Key, string Type, string EventId, string Reason, int Attempts, DateTimeOffset OccurredAt, DateTimeOffset ParkedAt, string? TraceId,
    string Source, int Partition, long Offset, string Status, DateTimeOffset? ResolvedAt, string? ResolvedBy, string? Resolution, long PayloadSize, JsonElement? Payload, string? PayloadBase64)
{
    // Korean as Korean. The page encodes it as it does every text.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsParked => Status == "parked";

    /// <summary>Null: the payload cannot be read, or is too long.</summary>
    public string? PayloadText => Payload is { } payload ? JsonSerializer.Serialize(payload, Readable) : null;
}
