using System.Diagnostics;
using System.Text;
using global::Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Aspire.Confluent.Kafka;

/// <summary>Measures every produced message and sends the trace along in its headers.</summary>
internal sealed class InstrumentedProducer<TKey, TValue>(IProducer<TKey, TValue> producer, Reports reports) : IProducer<TKey, TValue>
{
    public Handle Handle => producer.Handle;

    public string Name => producer.Name;

    public async Task<DeliveryResult<TKey, TValue>> ProduceAsync(string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default)
    {
        using var publication = new Publication(this, topic, null, message);
        return await publication.Watch(() => producer.ProduceAsync(topic, message, cancellationToken)).ConfigureAwait(false);
    }

    public async Task<DeliveryResult<TKey, TValue>> ProduceAsync(TopicPartition topicPartition, Message<TKey, TValue> message, CancellationToken cancellationToken = default)
    {
        using var publication = new Publication(this, topicPartition.Topic, topicPartition.Partition, message);
        return await publication.Watch(() => producer.ProduceAsync(topicPartition, message, cancellationToken)).ConfigureAwait(false);
    }

    // These two only put the message into the client's queue: the span ends then, not with the delivery.
    public void Produce(string topic, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null)
    {
        using var publication = new Publication(this, topic, null, message);
        publication.Watch(() => producer.Produce(topic, message, deliveryHandler));
    }

    public void Produce(TopicPartition topicPartition, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null)
    {
        using var publication = new Publication(this, topicPartition.Topic, topicPartition.Partition, message);
        publication.Watch(() => producer.Produce(topicPartition, message, deliveryHandler));
    }

    public int AddBrokers(string brokers) => producer.AddBrokers(brokers);

    public void SetSaslCredentials(string username, string password) => producer.SetSaslCredentials(username, password);

    public int Poll(TimeSpan timeout) => producer.Poll(timeout);

    public int Flush(TimeSpan timeout) => producer.Flush(timeout);

    public void Flush(CancellationToken cancellationToken = default) => producer.Flush(cancellationToken);

    public void InitTransactions(TimeSpan timeout) => producer.InitTransactions(timeout);

    public void BeginTransaction() => producer.BeginTransaction();

    public void CommitTransaction(TimeSpan timeout) => producer.CommitTransaction(timeout);

    public void CommitTransaction() => producer.CommitTransaction();

    public void AbortTransaction(TimeSpan timeout) => producer.AbortTransaction(timeout);

    public void AbortTransaction() => producer.AbortTransaction();

    public void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata groupMetadata, TimeSpan timeout) =>
        producer.SendOffsetsToTransaction(offsets, groupMetadata, timeout);

    public void Dispose() => producer.Dispose();

    private sealed class Publication : IDisposable
    {
        private readonly InstrumentedProducer<TKey, TValue> _owner;
        private readonly string _topic;
        private readonly int? _partition;
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly Activity? _span;
        private string? _error;

        public Publication(InstrumentedProducer<TKey, TValue> owner, string topic, int? partition, Message<TKey, TValue> message)
        {
            (_owner, _topic, _partition) = (owner, topic, partition);
            _span = owner.IsTraced ? Telemetry.Source.StartActivity($"{topic} {Telemetry.Publish}", ActivityKind.Producer) : null;
            if (_span is null)
            {
                return;
            }

            _span.SetTag(Telemetry.System, "kafka");
            _span.SetTag(Telemetry.ClientId, owner.Name);
            _span.SetTag(Telemetry.Destination, topic);
            _span.SetTag(Telemetry.Operation, Telemetry.Publish);
            _span.SetTag(Telemetry.Key, message.Key);
            _span.SetTag(Telemetry.Partition, partition);
            Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(_span.Context, Baggage.Current), message, Write);
        }

        public async Task<DeliveryResult<TKey, TValue>> Watch(Func<Task<DeliveryResult<TKey, TValue>>> produce)
        {
            try
            {
                return await produce().ConfigureAwait(false);
            }
            catch (Exception failure) when (Note(failure))
            {
                throw;
            }
        }

        public void Watch(Action produce)
        {
            try
            {
                produce();
            }
            catch (Exception failure) when (Note(failure))
            {
                throw;
            }
        }

        public void Dispose()
        {
            _span?.Dispose();
            if (_owner.IsMeasured)
            {
                Telemetry.Published.Record(_topic, _partition, Stopwatch.GetElapsedTime(_started), _error);
            }
        }

        private bool Note(Exception exception)
        {
            // The official one has an error's name only where there is a span for it.
            _error = _span is null ? null : exception switch
            {
                ProduceException<TKey, TValue> e => $"ProduceException: {e.Error.Code}",
                ArgumentException e => $"ArgumentException: {e.ParamName}",
                _ => null,
            };
            if (_error is not null)
            {
                _span?.SetStatus(ActivityStatusCode.Error);
                _span?.SetTag(Telemetry.ErrorType, _error);
            }

            return false; // only looks; the exception goes on
        }

        private static void Write(Message<TKey, TValue> message, string key, string value) =>
            (message.Headers ??= []).Add(key, Encoding.UTF8.GetBytes(value));
    }

    private bool IsTraced => reports.Traces;

    private bool IsMeasured => reports.Metrics;
}
