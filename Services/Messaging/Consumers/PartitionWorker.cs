using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Shop.Messaging.Telemetry;

namespace Shop.Messaging.Consumers;

/// <summary>Works through one assigned partition in order, a batch at a time, while other partitions go their own pace.</summary>
internal sealed partial class PartitionWorker : IDisposable
{
    private readonly Channel<ConsumeResult<byte[], byte[]>> _queue = Channel.CreateUnbounded<ConsumeResult<byte[], byte[]>>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _abandon = new();
    private readonly MessagingDefinition _definition;
    private readonly DeliveryProcessor _processor;
    private readonly Action<TopicPartitionOffset> _store;
    private readonly int _batchSize;
    private readonly ILogger _logger;
    private readonly Task _work;
    private volatile bool _stopping;
    private int _waiting;

    public PartitionWorker(TopicPartition partition, MessagingDefinition definition, DeliveryProcessor processor,
        Action<TopicPartitionOffset> store, int batchSize, ILogger logger)
    {
        (Partition, _definition, _processor, _store, _batchSize, _logger) = (partition, definition, processor, store, batchSize, logger);
        _work = Task.Run(WorkAsync);
    }

    public TopicPartition Partition { get; }

    /// <summary>Taken from the topic, not yet done.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool IsPaused { get; set; }

    /// <summary>Why it has stopped by itself.</summary>
    public Exception? Failure { get; private set; }

    public void Enqueue(ConsumeResult<byte[], byte[]> record)
    {
        Interlocked.Increment(ref _waiting);
        _queue.Writer.TryWrite(record);
    }

    /// <summary>Lets the transaction in hand end, for as long as allowed, then abandons it; what was not committed comes again, here or elsewhere.</summary>
    public async Task StopAsync(TimeSpan handover)
    {
        _stopping = true;
        _queue.Writer.TryComplete();
        _abandon.CancelAfter(handover);
        await _work;
        Dispose();
    }

    public void Dispose() => _abandon.Dispose();

    private async Task WorkAsync()
    {
        try
        {
            var batch = new List<ConsumeResult<byte[], byte[]>>(_batchSize);
            while (await _queue.Reader.WaitToReadAsync(_abandon.Token))
            {
                batch.Clear();
                if (_stopping)
                    break;
                while (batch.Count < _batchSize && _queue.Reader.TryRead(out var record))
                    batch.Add(record);
                var deliveries = Deliveries(batch);
                await _processor.ProcessAsync(deliveries, _abandon.Token);
                _store(new(Partition, batch[^1].Offset + 1));
                ConsumerTelemetry.Consumed(Partition.Topic, batch.Count, deliveries.Count > 0 ? _processor.AgeOf(deliveries[0].Event) : null);
                Interlocked.Add(ref _waiting, -batch.Count);
            }
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // Taken away: whoever has the partition now goes on after the last committed offset.
        }
        catch (Exception failure)
        {
            // The processor keeps everything that can fail to itself; whatever this is, the partition must not go on past it. The member begins anew.
            Failure = failure;
        }
    }

    private List<Delivery> Deliveries(List<ConsumeResult<byte[], byte[]>> batch)
    {
        var deliveries = new List<Delivery>(batch.Count);
        foreach (var record in batch)
        {
            if (ReceivedEvent.From(record) is not { } received)
            {
                ConsumerTelemetry.Skipped(record.Topic, "not a CloudEvent");
                LogNoEvent(record.Topic, record.Partition.Value, record.Offset.Value);
            }
            else if (_definition.Handlers.TryGetValue(received.Context.Type, out var handlers))
                deliveries.AddRange(handlers.Where(handler => handler.Topic == record.Topic).Select(handler => new Delivery(received, handler)));
            else
                ConsumerTelemetry.Skipped(record.Topic, received.Context.Type);   // a newer producer is no failure
        }
        return deliveries;
    }

    [LoggerMessage(LogLevel.Warning, "{Topic}/{Partition} offset {Offset} is not a CloudEvent: skipped")]
    private partial void LogNoEvent(string topic, int partition, long offset);
}
