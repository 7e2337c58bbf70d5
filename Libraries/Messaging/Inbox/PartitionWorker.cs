using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Telemetry;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Inbox;

/// <summary>Processes one assigned partition in order, one batch at a time, independently of other partitions.</summary>
internal sealed partial class PartitionWorker : IDisposable
{
    private readonly Channel<ConsumeResult<byte[], byte[]>> _queue = Channel.CreateUnbounded<ConsumeResult<byte[], byte[]>>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _abandon = new();
    private readonly MessagingDefinition _definition;
    private readonly DeliveryProcessor _processor;
    private readonly Action<TopicPartitionOffset> _store;
    private readonly int _batchSize;
    private readonly ILogger _logger;
    private readonly SkippedRecords _skipped;
    private readonly Task _work;
    private volatile bool _stopping;
    private int _waiting;

    public PartitionWorker(TopicPartition partition, MessagingDefinition definition, DeliveryProcessor processor,
        SkippedRecords skipped, Action<TopicPartitionOffset> store, int batchSize, TimeProvider clock, ILogger logger)
    {
        (Partition, _definition, _processor, _skipped, _store, _batchSize, _logger) = (partition, definition, processor, skipped, store, batchSize, logger);
        Progress = new(clock);
        _work = Task.Run(WorkAsync);
    }

    public TopicPartition Partition { get; }

    /// <summary>Events fetched and not yet processed.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Valid while events are waiting.</summary>
    public PartitionProgress Progress { get; }

    public bool IsPaused { get; set; }

    public void Enqueue(ConsumeResult<byte[], byte[]> record)
    {
        if (Interlocked.Increment(ref _waiting) == 1)
            Progress.ReachedNow(record.Offset.Value);
        _queue.Writer.TryWrite(record);
    }

    /// <summary>Waits up to <paramref name="timeout"/> for the current transaction, then cancels it; uncommitted events are delivered again, to this member or another.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        _stopping = true;
        _queue.Writer.TryComplete();
        _abandon.CancelAfter(timeout);
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
                await ApplyAsync(batch);
                Interlocked.Add(ref _waiting, -batch.Count);
            }
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // Revoked: the new owner continues after the last committed offset.
        }
    }

    private async Task ApplyAsync(List<ConsumeResult<byte[], byte[]>> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Progress.ReachedNow(batch[0].Offset.Value);
                var deliveries = Deliveries(batch);
                await _processor.ProcessAsync(deliveries, Progress, _abandon.Token);
                _store(new(Partition, batch[^1].Offset + 1));
                ConsumerTelemetry.Consumed(Partition.Topic, batch.Count, deliveries.Count > 0 ? _processor.AgeOf(deliveries[0].Event) : null);
                return;
            }
            catch (Exception failure) when (!_abandon.IsCancellationRequested)
            {
                // The processor handles expected failures itself. After an unexpected one this partition must not advance, and the others must not stop.
                var delay = Backoff.Delay(attempt, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
                LogFailed(failure, Partition.Topic, Partition.Partition.Value, batch[0].Offset.Value, delay.TotalSeconds);
                await Task.Delay(delay, _abandon.Token);
            }
        }
    }

    private List<Delivery> Deliveries(List<ConsumeResult<byte[], byte[]>> batch)
    {
        var deliveries = new List<Delivery>(batch.Count);
        foreach (var record in batch)
        {
            var received = ReceivedEvent.From(record);
            HandlerDefinition[] handlers = received is null ? [] : _definition.HandlersOf(received.Context.Type, record.Topic);
            if (handlers.Length == 0)
                _skipped.Add(record, received?.Context.Type);
            deliveries.AddRange(handlers.Select(handler => new Delivery(received!, handler)));
        }
        return deliveries;
    }

    [LoggerMessage(LogLevel.Error, "{Topic}/{Partition} failed at offset {Offset} or later in the batch, next try in {Seconds:0.00} s")]
    private partial void LogFailed(Exception failure, string topic, int partition, long offset, double seconds);
}
