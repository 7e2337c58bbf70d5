using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Messaging.Kafka;

/// <summary>
/// Makes the publishing producer, and another one when that has failed for good. The integration has no hook for a second client: it registers one as a singleton
/// and keeps the builder to itself. But it hands the builder out while it configures it, and a builder may build again.
/// </summary>
internal sealed class ProducerFactory(IServiceProvider services)
{
    private ProducerBuilder<byte[], byte[]>? _builder;
    private Action<Error> _onError = _ => { };
    private bool _firstIsTaken;

    /// <summary>Called by the integration, once: before the first client is built, or before OpenTelemetry's providers are.</summary>
    public void Configure(ProducerBuilder<byte[], byte[]> builder) =>
        // A builder takes a handler once, for all its clients: this one passes on to whoever has the current client.
        _builder = builder.SetErrorHandler((_, error) => _onError(error));

    /// <summary>The one before must have been disposed of.</summary>
    public IProducer<byte[], byte[]> Create(Action<Error> onError)
    {
        _onError = onError;
        if (_firstIsTaken)
            return _builder!.Build();

        _firstIsTaken = true;
        return services.GetRequiredService<IProducer<byte[], byte[]>>();
    }
}
