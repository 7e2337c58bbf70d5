using Confluent.Kafka;

namespace Shop.Messaging.Events;

/// <summary>A CloudEvent received from a topic, or read from the dead letters. All its values can be stored in the database.</summary>
internal sealed record ReceivedEvent(EventContext Context, byte[] Payload, string? TraceParent, string? TraceState)
{
    private const int LongestSource = 1000;

    /// <summary>
    /// Never throws, whatever a record holds: a record that cannot be read could not be parked, and would block its partition for ever. Null: not a CloudEvent with an id
    /// and a type, so not from an outbox of this shop.
    /// </summary>
    public static ReceivedEvent? From(ConsumeResult<byte[], byte[]> record)
    {
        var message = record.Message;
        if (message.Headers is not { } headers || !Guid.TryParse(headers.Read(CloudEvents.Id), out var id) || headers.Read(CloudEvents.Type) is not { Length: > 0 } type)
            return null;

        var context = new EventContext
        {
            EventId = id,
            Type = type,
            Topic = record.Topic,
            Key = StoredText.Key(message.Key),
            Source = StoredText.Cut(headers.Read(CloudEvents.Source) ?? "", LongestSource),
            Time = ReceivedTime.Of(headers.Read(CloudEvents.Time), id, message.Timestamp),
            Partition = record.Partition.Value,
            Offset = record.Offset.Value,
        };
        var (parent, state) = ReceivedTrace.Of(headers.Read(CloudEvents.TraceParent), headers.Read(CloudEvents.TraceState));
        return new(context, message.Value ?? [], parent, state);
    }
}
