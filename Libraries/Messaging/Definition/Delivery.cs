using Shop.Messaging.Events;

namespace Shop.Messaging.Definition;

/// <summary>An event and one of its handlers: what is done, marked and parked as one.</summary>
internal sealed record Delivery(ReceivedEvent Event, HandlerDefinition Handler)
{
    public (string Consumer, string Key) Line => (Handler.Consumer, Event.Context.Key);
}
