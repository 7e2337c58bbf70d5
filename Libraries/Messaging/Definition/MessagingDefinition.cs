using Google.Protobuf;
using Shop.Messaging.Events;

namespace Shop.Messaging.Definition;

/// <summary>The service's name, topics and handlers, as configured in <c>AddMessaging</c>. Not changed once the service runs.</summary>
internal sealed class MessagingDefinition(string service)
{
    /// <summary>The consumer group, and the source of the service's events.</summary>
    public string Service { get; set; } = service;

    public HashSet<string> OwnTopics { get; } = [];

    public Dictionary<string, List<HandlerDefinition>> Handlers { get; } = [];

    public IReadOnlyList<string> ConsumedTopics => [.. Handlers.Values.SelectMany(handlers => handlers).Select(handler => handler.Topic).Distinct().Order()];

    /// <summary>The handlers' names.</summary>
    public IReadOnlyList<string> Consumers => [.. Handlers.Values.SelectMany(handlers => handlers).Select(handler => handler.Consumer).Distinct().Order()];

    public IReadOnlyList<string> PublishedTopics => [.. OwnTopics, .. ConsumedTopics.Select(DeadTopics.Of)];

    /// <summary>The service's own topics, and the dead-letter topics of those it consumes.</summary>
    public bool MayPublishTo(string topic) => OwnTopics.Contains(topic) || (DeadTopics.IsOne(topic) && ConsumedTopics.Contains(DeadTopics.SourceOf(topic)));

    /// <summary>Empty: no handler is registered for the type from that topic.</summary>
    public HandlerDefinition[] HandlersOf(string type, string topic) =>
        Handlers.TryGetValue(type, out var handlers) ? [.. handlers.Where(handler => handler.Topic == topic)] : [];

    /// <summary>Null: that consumer does not handle the type, or not any more.</summary>
    public HandlerDefinition? HandlerOf(string type, string consumer) => Handlers.GetValueOrDefault(type)?.FirstOrDefault(handler => handler.Consumer == consumer);

    public void AddHandler<TEvent, THandler>() where TEvent : IMessage<TEvent>, new() where THandler : class, IHandle<TEvent>
    {
        var handler = HandlerDefinition.Of<TEvent, THandler>();
        if (!Handlers.TryGetValue(handler.Type, out var handlers))
            Handlers[handler.Type] = handlers = [];
        if (handlers.Any(other => other.Consumer == handler.Consumer))
            throw new InvalidOperationException($"{handler.Consumer} handles {handler.Type} twice.");
        handlers.Add(handler);
    }
}
