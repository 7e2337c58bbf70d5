using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Shop.Events.V1;

namespace Shop.Messaging.Events;

/// <summary>An event's topic and key field, from its contract (options of <c>shop/events/v1/options.proto</c>).</summary>
internal sealed record EventContract(string Type, string Topic, FieldDescriptor? Key)
{
    private static readonly ConcurrentDictionary<MessageDescriptor, EventContract> Known = new();

    public static EventContract Of(MessageDescriptor message) => Known.GetOrAdd(message, Read);

    public string KeyOf(IMessage message)
    {
        if (Key is null)
            throw new InvalidOperationException($"{Type} declares no key: add the option (shop.events.v1.key), or pass the key to Publish.");
        var key = Key.Accessor.GetValue(message)?.ToString();
        return string.IsNullOrEmpty(key)
            ? throw new InvalidOperationException($"{Type}: the key field {Key.Name} is empty. Events are ordered by key.")
            : key;
    }

    private static EventContract Read(MessageDescriptor message)
    {
        var options = message.GetOptions();
        var topic = options?.GetExtension(OptionsExtensions.Topic);
        if (string.IsNullOrEmpty(topic))
            throw new InvalidOperationException($"{message.FullName} is not an event: it lacks the option (shop.events.v1.topic).");
        var key = options!.GetExtension(OptionsExtensions.Key);
        if (string.IsNullOrEmpty(key))
            return new(message.FullName, topic, null);
        var field = message.FindFieldByName(key) ?? throw new InvalidOperationException($"{message.FullName} has no field '{key}', which its option (shop.events.v1.key) names.");
        return new(message.FullName, topic, field);
    }
}
