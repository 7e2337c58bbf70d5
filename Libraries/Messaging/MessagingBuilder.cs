using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Messaging.Definition;

namespace Shop.Messaging;

/// <summary>Configures what a service publishes and handles. Used during registration, by one thread.</summary>
public sealed class MessagingBuilder
{
    private readonly IServiceCollection _services;
    private readonly MessagingDefinition _definition;

    internal MessagingBuilder(IServiceCollection services, MessagingDefinition definition) => (_services, _definition) = (services, definition);

    /// <summary>The service's name in Kafka: its consumer group and the source of its events. Default: the last part of the application's name, in lower case.</summary>
    public MessagingBuilder Named(string service)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        _definition.Service = service;
        return this;
    }

    /// <summary>Topics that the service owns: it creates them and is their only publisher.</summary>
    public MessagingBuilder Publishes(params string[] topics)
    {
        foreach (var topic in topics)
            _definition.OwnTopics.Add(topic);
        return this;
    }

    /// <summary>Handles each <typeparamref name="TEvent"/> once by <typeparamref name="THandler"/>, resolved as a scoped service. Its class name is its identity in the inbox: a renamed handler handles events again.</summary>
    /// <exception cref="InvalidOperationException">The handler is registered for this event already, or the event's contract lacks a topic.</exception>
    public MessagingBuilder Handles<TEvent, THandler>() where TEvent : IMessage<TEvent>, new() where THandler : class, IHandle<TEvent>
    {
        _definition.AddHandler<TEvent, THandler>();
        _services.TryAddScoped<THandler>();
        return this;
    }
}
