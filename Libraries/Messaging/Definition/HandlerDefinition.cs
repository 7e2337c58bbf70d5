using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Events;

namespace Shop.Messaging.Definition;

/// <summary>One handler of one event type.</summary>
/// <param name="Consumer">The handler's class name: its identity in inbox and dead letters.</param>
internal sealed record HandlerDefinition(
    string Consumer, string Type, string Topic, Func<byte[], IMessage> Parse, Func<IServiceProvider, IMessage, EventContext, CancellationToken, Task> HandleAsync)
{
    public static HandlerDefinition Of<TEvent, THandler>() where TEvent : IMessage<TEvent>, new() where THandler : class, IHandle<TEvent>
    {
        var parser = new MessageParser<TEvent>(() => new());
        var contract = EventContract.Of(DescriptorOf<TEvent>());
        return new(typeof(THandler).Name, contract.Type, contract.Topic,
            payload => parser.ParseFrom(payload),
            (scope, message, context, cancel) => scope.GetRequiredService<THandler>().HandleAsync((TEvent)message, context, cancel));
    }

    /// <exception cref="UnreadablePayloadException">The parser threw, whatever it threw: InvalidProtocolBufferException is an IOException, which would count as transient.</exception>
    public IMessage Read(byte[] payload)
    {
        try
        {
            return Parse(payload);
        }
        catch (Exception failure)
        {
            throw new UnreadablePayloadException(Type, failure);
        }
    }

    private static MessageDescriptor DescriptorOf<TEvent>() where TEvent : IMessage<TEvent>, new() => new TEvent().Descriptor;
}
