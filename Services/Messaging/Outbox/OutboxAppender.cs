using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Shop.Messaging.Outbox;

/// <summary>Makes the rows of the outbox, and refuses at once what could not be published later.</summary>
internal sealed class OutboxAppender(MessagingDefinition definition, IOptions<MessagingOptions> options, TimeProvider clock)
{
    public OutboxRow Row(string topic, string key, string type, byte[] payload, Activity? activity, IReadOnlyDictionary<string, string>? headers = null)
    {
        if (!definition.MayPublishTo(topic))
            throw new InvalidOperationException($"{type} belongs to topic {topic}, which this service does not own: AddMessaging(… .Publishes(\"{topic}\")).");
        // An event that the broker refuses would hold up everything behind it: whoever makes it hears of it.
        if (payload.Length > options.Value.MaxEventBytes)
            throw new InvalidOperationException($"{type} with key {key} has {payload.Length} bytes; an event may have {options.Value.MaxEventBytes}.");

        return new()
        {
            EventId = EventId.Next(clock),
            Shard = Shards.Of(key),
            Topic = topic,
            Key = key,
            Type = type,
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
            Headers = headers is null ? null : JsonSerializer.Serialize(headers),
            Payload = payload,
        };
    }
}
