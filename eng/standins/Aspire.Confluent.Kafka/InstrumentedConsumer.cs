using System.Diagnostics;
using System.Text;
using global::Confluent.Kafka;
using OpenTelemetry.Context.Propagation;

namespace Aspire.Confluent.Kafka;

/// <summary>Measures every received message, with a link to the span that produced it.</summary>
internal sealed class InstrumentedConsumer<TKey, TValue>(IConsumer<TKey, TValue> consumer, string? group, Reports reports) : IConsumer<TKey, TValue>
{
    public Handle Handle => consumer.Handle;

    public string Name => consumer.Name;

    public string MemberId => consumer.MemberId;

    public List<TopicPartition> Assignment => consumer.Assignment;

    public List<string> Subscription => consumer.Subscription;

    public IConsumerGroupMetadata ConsumerGroupMetadata => consumer.ConsumerGroupMetadata;

    public ConsumeResult<TKey, TValue> Consume(int millisecondsTimeout) => Watch(() => consumer.Consume(millisecondsTimeout));

    public ConsumeResult<TKey, TValue> Consume(CancellationToken cancellationToken = default) => Watch(() => consumer.Consume(cancellationToken));

    public ConsumeResult<TKey, TValue> Consume(TimeSpan timeout) => Watch(() => consumer.Consume(timeout));

    public int AddBrokers(string brokers) => consumer.AddBrokers(brokers);

    public void SetSaslCredentials(string username, string password) => consumer.SetSaslCredentials(username, password);

    public void Subscribe(IEnumerable<string> topics) => consumer.Subscribe(topics);

    public void Subscribe(string topic) => consumer.Subscribe(topic);

    public void Unsubscribe() => consumer.Unsubscribe();

    public void Assign(TopicPartition partition) => consumer.Assign(partition);

    public void Assign(TopicPartitionOffset partition) => consumer.Assign(partition);

    public void Assign(IEnumerable<TopicPartitionOffset> partitions) => consumer.Assign(partitions);

    public void Assign(IEnumerable<TopicPartition> partitions) => consumer.Assign(partitions);

    public void IncrementalAssign(IEnumerable<TopicPartitionOffset> partitions) => consumer.IncrementalAssign(partitions);

    public void IncrementalAssign(IEnumerable<TopicPartition> partitions) => consumer.IncrementalAssign(partitions);

    public void IncrementalUnassign(IEnumerable<TopicPartition> partitions) => consumer.IncrementalUnassign(partitions);

    public void Unassign() => consumer.Unassign();

    public void StoreOffset(ConsumeResult<TKey, TValue> result) => consumer.StoreOffset(result);

    public void StoreOffset(TopicPartitionOffset offset) => consumer.StoreOffset(offset);

    public List<TopicPartitionOffset> Commit() => consumer.Commit();

    public void Commit(IEnumerable<TopicPartitionOffset> offsets) => consumer.Commit(offsets);

    public void Commit(ConsumeResult<TKey, TValue> result) => consumer.Commit(result);

    public void Seek(TopicPartitionOffset tpo) => consumer.Seek(tpo);

    public void Pause(IEnumerable<TopicPartition> partitions) => consumer.Pause(partitions);

    public void Resume(IEnumerable<TopicPartition> partitions) => consumer.Resume(partitions);

    public List<TopicPartitionOffset> Committed(TimeSpan timeout) => consumer.Committed(timeout);

    public List<TopicPartitionOffset> Committed(IEnumerable<TopicPartition> partitions, TimeSpan timeout) => consumer.Committed(partitions, timeout);

    public Offset Position(TopicPartition partition) => consumer.Position(partition);

    public List<TopicPartitionOffset> OffsetsForTimes(IEnumerable<TopicPartitionTimestamp> timestampsToSearch, TimeSpan timeout) =>
        consumer.OffsetsForTimes(timestampsToSearch, timeout);

    public WatermarkOffsets GetWatermarkOffsets(TopicPartition topicPartition) => consumer.GetWatermarkOffsets(topicPartition);

    public WatermarkOffsets QueryWatermarkOffsets(TopicPartition topicPartition, TimeSpan timeout) => consumer.QueryWatermarkOffsets(topicPartition, timeout);

    public void Close() => consumer.Close();

    public void Dispose() => consumer.Dispose();

    private ConsumeResult<TKey, TValue> Watch(Func<ConsumeResult<TKey, TValue>> consume)
    {
        var started = DateTimeOffset.UtcNow;
        var result = consume();
        if (result is { IsPartitionEOF: false })
        {
            var ended = DateTimeOffset.UtcNow;
            Trace(result, started, ended);
            if (reports.Metrics)
            {
                Telemetry.Received.Record(result.Topic, result.Partition.Value, ended - started, error: null);
            }
        }

        return result;
    }

    private void Trace(ConsumeResult<TKey, TValue> result, DateTimeOffset started, DateTimeOffset ended)
    {
        if (!reports.Traces || !Telemetry.Source.HasListeners())
        {
            return;
        }

        // A trace of its own that points at the producer's: many messages may be received in one go.
        var sender = Propagators.DefaultTextMapPropagator.Extract(default, result.Message?.Headers, Read).ActivityContext;
        using var span = Telemetry.Source.StartActivity(
            $"{result.Topic} {Telemetry.Receive}",
            ActivityKind.Consumer,
            parentContext: default,
            links: sender == default ? [] : [new ActivityLink(sender)],
            startTime: started);
        if (span is null)
        {
            return;
        }

        span.SetTag(Telemetry.System, "kafka");
        span.SetTag(Telemetry.ClientId, Name);
        span.SetTag(Telemetry.Destination, result.Topic);
        span.SetTag(Telemetry.Partition, result.Partition.Value);
        span.SetTag(Telemetry.Offset, result.Offset.Value);
        span.SetTag(Telemetry.Group, group);
        span.SetTag(Telemetry.Operation, Telemetry.Receive);
        span.SetTag(Telemetry.Key, result.Message is null ? null : result.Message.Key);
        span.SetEndTime(ended.UtcDateTime);
    }

    private static IEnumerable<string> Read(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) ? [Encoding.UTF8.GetString(bytes)] : [];
}
