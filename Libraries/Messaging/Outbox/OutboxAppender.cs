using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;

namespace Shop.Messaging.Outbox;

/// <summary>Creates the rows of the outbox, and rejects at once an event that could not be published later.</summary>
internal sealed class OutboxAppender(MessagingDefinition definition, IOptions<MessagingOptions> options, EventIds ids)
{
    public OutboxRow Row(string topic, string key, string type, byte[] payload, Activity? activity, IReadOnlyDictionary<string, string>? headers = null)
    {
        if (!definition.MayPublishTo(topic))
            throw new InvalidOperationException($"{type} belongs to topic {topic}, which this service does not own: AddMessaging(… .Publishes(\"{topic}\")).");
        // An event that the broker refuses would block all later ones of its shard: it is rejected where it is created.
        if (payload.Length > options.Value.MaxEventBytes)
            throw new InvalidOperationException($"{type} with key {key} has {payload.Length} bytes; an event may have {options.Value.MaxEventBytes}.");
        // Consumers store keys in a limited index entry: a longer one would be abbreviated there.
        if (Encoding.UTF8.GetByteCount(key) > StoredText.LongestKey || key.Contains('\0'))
            throw new InvalidOperationException($"The key of {type} ({key.Length} characters) is longer than {StoredText.LongestKey} bytes of UTF-8, or has a NUL.");

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
