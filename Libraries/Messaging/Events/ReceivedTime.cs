using System.Globalization;
using Confluent.Kafka;

namespace Shop.Messaging.Events;

/// <summary>When a received event was published: as it says, else by its id, else when the broker got it.</summary>
internal static class ReceivedTime
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset Of(string? written, Guid id, Timestamp ofRecord) =>
        DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : EventIds.TryTimeOf(id) ?? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ofRecord.UnixTimestampMs, First, Last));
}
