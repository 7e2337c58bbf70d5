using Shop.Messaging.Events;

namespace Shop.Messaging.Definition;

/// <summary>An event and one of its handlers: the unit of handling, inbox mark and dead letter.</summary>
internal sealed record Delivery(ReceivedEvent Event, HandlerDefinition Handler)
{
    public (string Consumer, string Key) ConsumerAndKey => (Handler.Consumer, Event.Context.Key);
}
