using Confluent.Kafka;
using Google.Protobuf;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Outbox;

namespace Shop.Messaging.Topics;

/// <summary>
/// Reads topics from their beginning to the end that they had at the last <see cref="ExtendAsync"/>. An event may come twice, as on the topics; those of one key come in
/// the order of their topic. For one caller at a time.
/// </summary>
public sealed class TopicReader : IDisposable
{
    private static readonly TimeSpan PollWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WatermarkTimeout = TimeSpan.FromSeconds(5);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly BrokerOffsets _offsets;
    private readonly Dictionary<(string Topic, string Type), HandlerDefinition> _handlers;
    private readonly IReadOnlyDictionary<TopicPartition, long> _beginnings;
    private readonly Dictionary<TopicPartition, long> _positions;
    private IReadOnlyDictionary<TopicPartition, long> _ends = new Dictionary<TopicPartition, long>();

    internal TopicReader(IConsumer<byte[], byte[]> consumer, MessagingDefinition definition, BrokerOffsets offsets, IReadOnlyDictionary<TopicPartition, long> beginnings)
    {
        (_consumer, _offsets, _beginnings, _positions) = (consumer, offsets, beginnings, new(beginnings));
        // Several handlers of a type read it in the same way.
        _handlers = definition.Handlers.Values.SelectMany(handlers => handlers).DistinctBy(handler => (handler.Topic, handler.Type)).ToDictionary(handler => (handler.Topic, handler.Type));
        _consumer.Assign(beginnings.Select(partition => new TopicPartitionOffset(partition.Key, partition.Value)));
    }

    /// <summary>Records read so far, also those for which there is no handler.</summary>
    public long EventsRead => _positions.Sum(partition => partition.Value - _beginnings[partition.Key]);

    /// <summary>Records up to the current end.</summary>
    public long EventsTotal => _ends.Sum(partition => Math.Max(partition.Value, _positions[partition.Key]) - _beginnings[partition.Key]);

    /// <summary>Events whose payload could not be read as their type; they are left out.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Everything up to the end has been read.</summary>
    public bool IsAtEnd => _ends.All(end => _positions[end.Key] >= end.Value);

    /// <summary>Moves the end to where the topics end now.</summary>
    /// <exception cref="KafkaException">The broker is unavailable.</exception>
    public async Task ExtendAsync(CancellationToken cancel) => _ends = await _offsets.EndsAsync(_beginnings.Keys, cancel);

    /// <summary>Reads the next events. Blocks; the thread is the caller's.</summary>
    /// <param name="max">The most records to read.</param>
    /// <returns>Fewer, or none, if no more came at once: <see cref="IsAtEnd"/> is false if there are more.</returns>
    /// <exception cref="KafkaException">The broker is unavailable.</exception>
    public IReadOnlyList<TopicEvent> Read(int max, CancellationToken cancel)
    {
        var events = new List<TopicEvent>(max);
        for (var read = 0; read < max && !IsAtEndOf(read); read++)
        {
            cancel.ThrowIfCancellationRequested();
            if (_consumer.Consume(PollWait) is not { } record)
            {
                SkipWhatIsGone();
                break;
            }
            _positions[record.TopicPartition] = record.Offset.Value + 1;
            if (Event(record) is { } found)
                events.Add(found);
        }
        return events;
    }

    /// <summary>Closes the client.</summary>
    public void Dispose() => _consumer.Dispose();

    // Judged now and then only: it looks at every partition.
    private bool IsAtEndOf(int read) => read % 256 == 0 && IsAtEnd;

    private TopicEvent? Event(ConsumeResult<byte[], byte[]> record)
    {
        var message = record.Message;
        if (message.Headers?.Read(CloudEvents.Type) is not { } type || !_handlers.TryGetValue((record.Topic, type), out var handler))
            return null;

        try
        {
            return new(StoredText.Key(message.Key), handler.Read(message.Value ?? []));
        }
        catch (UnreadablePayloadException)
        {
            Unreadable++;
            return null;
        }
    }

    // What the retention has removed since the beginning was read does not come any more.
    private void SkipWhatIsGone()
    {
        foreach (var (partition, end) in _ends.Where(end => _positions[end.Key] < end.Value))
        {
            var first = _consumer.QueryWatermarkOffsets(partition, WatermarkTimeout).Low.Value;
            if (first > _positions[partition])
                _positions[partition] = Math.Min(first, end);
        }
    }
}
