using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Shop.Messaging.Telemetry;

namespace Shop.Messaging.Inbox;

/// <summary>The consumer lag of this member's partitions.</summary>
internal sealed class ConsumerLag(TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<TopicPartition, long> _lag = [];
    private long _observedAt;

    /// <summary>The number of assigned partitions at the last observation.</summary>
    public int Partitions => _lag.Count;

    /// <summary>Called by the polling thread. Samples every few seconds what the client has cached, without a request to the broker.</summary>
    public void Observe(IConsumer<byte[], byte[]> consumer, IReadOnlyCollection<PartitionWorker> workers)
    {
        if (_observedAt != 0 && clock.GetElapsedTime(_observedAt) < Interval)
            return;
        if (_observedAt == 0)
            MessagingTelemetry.Meter.CreateObservableGauge("shop.consumer.lag", Measure, "{event}", "Events between the last one taken and the partition's end.");
        _observedAt = clock.GetTimestamp();

        foreach (var gone in _lag.Keys.Except(workers.Select(worker => worker.Partition)))
            _lag.TryRemove(gone, out _);
        foreach (var worker in workers)
        {
            var end = consumer.GetWatermarkOffsets(worker.Partition).High;
            var position = consumer.Position(worker.Partition);
            if (end != Offset.Unset && position != Offset.Unset)
                _lag[worker.Partition] = Math.Max(0, end.Value - position.Value) + worker.Waiting;
        }
    }

    private IEnumerable<Measurement<long>> Measure() => _lag.Select(lag => new Measurement<long>(lag.Value,
        new("messaging.destination.name", lag.Key.Topic), new("messaging.destination.partition.id", lag.Key.Partition.Value)));
}
