using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;

namespace Shop.Messaging.Outbox;

/// <summary>Makes the rows of the outbox, and refuses at once what could not be published later.</summary>
internal sealed class OutboxAppender(MessagingDefinition definition, IOptions<MessagingOptions> options, EventIds ids)
{
    public OutboxRow Row(string topic, string key, string type, byte[] payload, Activity? activity, IReadOnlyDictionary<string, string>? headers = null)
    {
        if (!definition.MayPublishTo(topic))
            throw new InvalidOperationException($"{type} belongs to topic {topic}, which this service does not own: AddMessaging(… .Publishes(\"{topic}\")).");
        // An event that the broker refuses would hold up everything behind it: whoever makes it hears of it.
        if (payload.Length > options.Value.MaxEventBytes)
            throw new InvalidOperationException($"{type} with key {key} has {payload.Length} bytes; an event may have {options.Value.MaxEventBytes}.");
        // Its consumers could not tell what is behind it in what they store.
        if (Encoding.UTF8.GetByteCount(key) > StoredText.LongestKey || key.Contains('\0'))
            throw new InvalidOperationException($"A key of {type} has {key.Length} characters or a NUL; it may have {StoredText.LongestKey} bytes of UTF-8, and none.");

        return new()
        {
            EventId = ids.Next(),
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
