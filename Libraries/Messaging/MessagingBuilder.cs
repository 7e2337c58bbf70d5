using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Messaging.Definition;

namespace Shop.Messaging;

/// <summary>What a service publishes and handles.</summary>
public sealed class MessagingBuilder
{
    private readonly IServiceCollection _services;
    private readonly MessagingDefinition _definition;

    internal MessagingBuilder(IServiceCollection services, MessagingDefinition definition) => (_services, _definition) = (services, definition);

    /// <summary>The service's name in Kafka: its consumer group and the source of its events. Default: the application's name in lower case.</summary>
    public MessagingBuilder Named(string service)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        _definition.Service = service;
        return this;
    }

    /// <summary>The service owns these topics: it creates them, and nobody else publishes to them.</summary>
    public MessagingBuilder Publishes(params string[] topics)
    {
        foreach (var topic in topics)
            _definition.OwnTopics.Add(topic);
        return this;
    }

    /// <summary>Each <typeparamref name="TEvent"/> goes through <typeparamref name="THandler"/>, once. The handler's class name is its identity: events seen under another name are seen again.</summary>
    public MessagingBuilder Handles<TEvent, THandler>() where TEvent : IMessage<TEvent>, new() where THandler : class, IHandle<TEvent>
    {
        _definition.AddHandler<TEvent, THandler>();
        _services.TryAddScoped<THandler>();
        return this;
    }
}
