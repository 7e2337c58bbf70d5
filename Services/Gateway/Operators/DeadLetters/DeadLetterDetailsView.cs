using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Shop.Messaging.V1;

namespace Shop.Gateway.Operators.DeadLetters;

/// <param name="Source">The service that published the event.</param>
/// <param name="Status"><c>parked</c>, <c>replayed</c> or <c>discarded</c>.</param>
/// <param name="ResolvedAt">When it was replayed or discarded; null while it is parked.</param>
/// <param name="ResolvedBy">The operator's member id.</param>
/// <param name="Resolution">Why it was discarded.</param>
/// <param name="PayloadSize">In bytes.</param>
/// <param name="Payload">In the JSON form of protobuf; null: it cannot be read, or is longer than 65,536 characters.</param>
/// <param name="PayloadBase64">Of a payload that is null, or has fields that the service does not know; null as well if it has more than 65,536 bytes.</param>
internal sealed record DeadLetterDetailsView(
    // A derived record's own properties would come first.
    [property: JsonPropertyOrder(1)] string Source,
    [property: JsonPropertyOrder(1)] int Partition,
    [property: JsonPropertyOrder(1)] long Offset,
    [property: JsonPropertyOrder(1), AllowedValues("parked", "replayed", "discarded")] string Status,
    [property: JsonPropertyOrder(1)] DateTime? ResolvedAt,
    [property: JsonPropertyOrder(1)] string? ResolvedBy,
    [property: JsonPropertyOrder(1)] string? Resolution,
    [property: JsonPropertyOrder(1)] long PayloadSize,
    [property: JsonPropertyOrder(1)] JsonObject? Payload,
    [property: JsonPropertyOrder(1)] string? PayloadBase64,
    [property: JsonIgnore] DeadLetterView Letter) : DeadLetterView(Letter)
{
    public static DeadLetterDetailsView Of(string service, GetDeadLetterResponse answer)
    {
        var payload = answer.PayloadJson.Length == 0 ? null : JsonNode.Parse(answer.PayloadJson)!.AsObject();
        return new(
            answer.Source, answer.Partition, answer.Offset, answer.Status, answer.ResolvedAt?.ToDateTime(), ContractText.OrNull(answer.ResolvedBy), ContractText.OrNull(answer.Resolution),
            answer.PayloadSize, payload, answer.Payload.Length > 0 || (payload is null && answer.PayloadSize == 0) ? answer.Payload.ToBase64() : null, DeadLetterView.Of(service, answer.Letter));
    }
}
