using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Messaging.Kafka;

/// <summary>
/// Creates the publishing producer, and a new one after a fatal error. The integration supports one client only, a singleton, but passes its builder to a callback:
/// the builder is kept, and can build again.
/// </summary>
internal sealed class ProducerFactory(IServiceProvider services)
{
    private ProducerBuilder<byte[], byte[]>? _builder;
    private Action<Error> _onError = _ => { };
    private ClientUse? _use;

    /// <summary>Called by the integration, once: before the first client is built, or before OpenTelemetry's providers are.</summary>
    public void Configure(ProducerBuilder<byte[], byte[]> builder) =>
        // A builder accepts one handler for all its clients: it forwards to the handler of the current client.
        _builder = builder.SetErrorHandler((_, error) => _onError(error));

    /// <summary>The previous one must have been disposed.</summary>
    public IProducer<byte[], byte[]> Create(Action<Error> onError)
    {
        _onError = onError;
        if (_use is not null)
            return _builder!.Build();

        var first = services.GetRequiredService<IProducer<byte[], byte[]>>();
        _use = services.GetRequiredService<ClientUse>();
        return first;
    }

    /// <summary>The container disposes of the first client.</summary>
    /// <inheritdoc cref="ClientUse.Enter"/>
    public IDisposable Enter() => _use!.Enter();
}
