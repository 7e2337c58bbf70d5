using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.Messaging.V1;

namespace Shop.Messaging.Operations;

/// <summary>Dead letters as operators see them: without the stack trace, which must not leave the service. The table has it, and the trace id leads to it.</summary>
internal static class DeadLetterContract
{
    /// <summary>In bytes.</summary>
    private const int LongestPayload = 65_536;

    public static DeadLetter Of(DeadLetters.DeadLetter letter) => new()
    {
        DeadLetterId = letter.Id.ToString(),
        EventId = letter.EventId.ToString(),
        Consumer = letter.Consumer,
        Topic = letter.Topic,
        Key = letter.Key,
        Type = letter.Type,
        OccurredAt = letter.OccurredAt.ToTimestamp(),
        ParkedAt = letter.ParkedAt.ToTimestamp(),
        Reason = letter.Reason,
        Attempts = letter.Attempts,
        TraceId = letter.TraceId ?? "",
    };

    /// <param name="json">Null: the payload is shown as it is.</param>
    /// <param name="isWhole">The JSON has all of it.</param>
    public static GetDeadLetterResponse Of(DeadLetters.DeadLetter letter, byte[] payload, string? json, bool isWhole) => new()
    {
        Letter = Of(letter),
        Source = letter.Source,
        Partition = letter.Partition,
        Offset = letter.Offset,
        Status = letter.Status,
        ResolvedAt = letter.ResolvedAt?.ToTimestamp(),
        ResolvedBy = letter.ResolvedBy ?? "",
        Resolution = letter.Resolution ?? "",
        PayloadSize = payload.Length,
        PayloadJson = json ?? "",
        Payload = !isWhole && payload.Length <= LongestPayload ? ByteString.CopyFrom(payload) : ByteString.Empty,
    };
}
