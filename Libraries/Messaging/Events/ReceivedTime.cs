using System.Globalization;
using Confluent.Kafka;

namespace Shop.Messaging.Events;

/// <summary>When a received event was published: by its time attribute, else by its id, else by the broker's record timestamp.</summary>
internal static class ReceivedTime
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset Of(string? written, Guid id, Timestamp ofRecord) =>
        DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : EventIds.TryTimeOf(id) ?? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ofRecord.UnixTimestampMs, First, Last));
}
