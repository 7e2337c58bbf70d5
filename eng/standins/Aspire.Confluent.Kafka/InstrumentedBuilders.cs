using global::Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

/// <summary>What a client reports; switched on when OpenTelemetry's providers are built, for clients that exist already, too.</summary>
internal sealed class Reports
{
    public bool Metrics { get; set; }

    public bool Traces { get; set; }
}

internal sealed class InstrumentedProducerBuilder<TKey, TValue>(ProducerConfig config) : ProducerBuilder<TKey, TValue>(config)
{
    private readonly Reports _reports = new();

    public bool EnableMetrics { set => _reports.Metrics = value; }

    public bool EnableTraces { set => _reports.Traces = value; }

    public override IProducer<TKey, TValue> Build() => new InstrumentedProducer<TKey, TValue>(base.Build(), _reports);
}

internal sealed class InstrumentedConsumerBuilder<TKey, TValue>(ConsumerConfig config) : ConsumerBuilder<TKey, TValue>(config)
{
    private readonly Reports _reports = new();

    public bool EnableMetrics { set => _reports.Metrics = value; }

    public bool EnableTraces { set => _reports.Traces = value; }

    public override IConsumer<TKey, TValue> Build() => new InstrumentedConsumer<TKey, TValue>(base.Build(), ((ConsumerConfig)Config).GroupId, _reports);
}
