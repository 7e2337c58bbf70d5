using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Shop.Messaging.Outbox;

namespace Shop.Messaging.Consumers;

/// <summary>A CloudEvent as it came from a topic, or from the dead letters.</summary>
internal sealed record ReceivedEvent(EventContext Context, byte[] Payload, string? TraceParent, string? TraceState)
{
    /// <summary>Null: not a CloudEvent with an id and a type, so not from an outbox of this shop.</summary>
    public static ReceivedEvent? From(ConsumeResult<byte[], byte[]> record)
    {
        var headers = record.Message.Headers;
        if (headers is null || !Guid.TryParse(headers.Read(CloudEvents.Id), out var id) || headers.Read(CloudEvents.Type) is not { Length: > 0 } type)
            return null;

        var time = DateTimeOffset.TryParse(headers.Read(CloudEvents.Time), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var told)
            ? told
            : EventId.TimeOf(id);
        var context = new EventContext
        {
            EventId = id,
            Type = type,
            Topic = record.Topic,
            // PostgreSQL's text knows no NUL.
            Key = record.Message.Key is { } key ? Encoding.UTF8.GetString(key).Replace('\0', '\uFFFD') : "",
            Source = headers.Read(CloudEvents.Source) ?? "",
            Time = time,
            Partition = record.Partition.Value,
            Offset = record.Offset.Value,
        };
        return new(context, record.Message.Value ?? [], headers.Read(CloudEvents.TraceParent), headers.Read(CloudEvents.TraceState));
    }
}

/// <summary>An event and one of its handlers: what is done, marked and parked as one.</summary>
internal sealed record Delivery(ReceivedEvent Event, HandlerDefinition Handler)
{
    public (string Consumer, string Key) Line => (Handler.Consumer, Event.Context.Key);
}
