using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Events;
using Shop.Messaging.Telemetry;

namespace Shop.Messaging.Inbox;

/// <summary>Records without a handler: counted, and logged at an interval with their number.</summary>
internal sealed partial class SkippedRecords(IOptions<ConsumerOptions> options, TimeProvider clock, ILogger<SkippedRecords> logger)
{
    // Types come from outside: beyond this number they share one entry.
    private const int MostTypes = 100;

    private readonly ConcurrentDictionary<(string Topic, string? Type), Tally> _tallies = [];

    /// <param name="type">Null: not a CloudEvent, so not from an outbox of this shop.</param>
    public void Add(ConsumeResult<byte[], byte[]> record, string? type)
    {
        ConsumerTelemetry.Skipped(record.Topic, type is null ? "not_a_cloud_event" : "unknown_type");
        type = type is null ? null : StoredText.Cut(type, 200);
        var key = (record.Topic, _tallies.Count < MostTypes || _tallies.ContainsKey((record.Topic, type)) ? type : "other types");
        _tallies.GetOrAdd(key, _ => new()).Add(record.TopicPartitionOffset);
    }

    /// <summary>Called by the polling thread.</summary>
    public void Report()
    {
        foreach (var ((topic, type), tally) in _tallies)
        {
            if (tally.Take(options.Value.SkippedLogInterval, clock) is not var (count, last))
                continue;
            if (type is null)
                LogNoEvents(count, topic, last.Partition.Value, last.Offset.Value);
            else
                LogUnknown(count, topic, type, last.Partition.Value, last.Offset.Value);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} records of {Topic} were skipped: they are not CloudEvents; the last is at partition {Partition}, offset {Offset}")]
    private partial void LogNoEvents(int count, string topic, int partition, long offset);

    // Not a failure: a newer producer sends types that this version does not handle.
    [LoggerMessage(LogLevel.Information, "{Count} events of {Topic} were skipped: no handler for {Type}; the last is at partition {Partition}, offset {Offset}")]
    private partial void LogUnknown(int count, string topic, string type, int partition, long offset);

    private sealed class Tally
    {
        private readonly Lock _gate = new();
        private TopicPartitionOffset? _last;
        private int _count;
        private long? _takenAt;

        public void Add(TopicPartitionOffset record)
        {
            lock (_gate)
                (_count, _last) = (_count + 1, record);
        }

        /// <summary>The records since the last call that returned some; null: none, or the interval has not passed.</summary>
        public (int Count, TopicPartitionOffset Last)? Take(TimeSpan interval, TimeProvider clock)
        {
            lock (_gate)
            {
                if (_count == 0 || (_takenAt is { } at && clock.GetElapsedTime(at) < interval))
                    return null;
                var taken = (_count, _last!);
                (_count, _takenAt) = (0, clock.GetTimestamp());
                return taken;
            }
        }
    }
}
