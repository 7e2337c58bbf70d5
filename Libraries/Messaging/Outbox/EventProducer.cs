using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Shop.Messaging.Definition;
using Shop.Messaging.Events;
using Shop.Messaging.Kafka;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Publishes reads of the outbox with an idempotent producer: acks=all, no message timeout, no gaps. A failed delivery in the middle would leave a gap, and the events
/// after it would be out of order. So an unavailable broker only delays, and an error that would leave a gap stops the producer; a new one starts again at the cursor.
/// </summary>
internal sealed partial class EventProducer(ProducerFactory producers, MessagingDefinition definition, AcknowledgedOffsets offsets, ILogger<EventProducer> logger) : IDisposable
{
    private readonly byte[] _source = CloudEvents.Utf8("/shop/" + definition.Service);
    private IProducer<byte[], byte[]>? _producer;
    private volatile bool _broken;

    /// <summary>Returns when the broker has acknowledged all of them, with the highest offset per partition.</summary>
    public async Task<IReadOnlyCollection<(string Topic, int Partition, long Offset)>> PublishAsync(IReadOnlyList<ShardRead> reads, CancellationToken cancel)
    {
        if (_broken || _producer is null)
            Renew();

        var count = reads.Sum(read => read.Events.Count);
        if (count == 0)
            return [];
        var batch = new PublishBatch(count);
        using (producers.Enter())
        {
            foreach (var read in reads)
            {
                foreach (var message in read.Events)
                    Produce(message, batch);
            }
        }

        try
        {
            var acknowledged = await batch.Completion.WaitAsync(cancel);
            offsets.Acknowledged(acknowledged);
            return acknowledged;
        }
        catch (Exception failure)
        {
            // Queued events are published again from the cursor, so this producer is closed. Events already in flight may arrive: all earlier events of this producer
            // have arrived before them, so order is kept.
            _broken = true;
            if (failure is not OperationCanceledException)
                LogFailed(failure.Message);
            throw;
        }
    }

    public void Dispose() => _producer?.Dispose();

    private void Produce(UnpublishedEvent message, PublishBatch batch)
    {
        var span = OutboxTelemetry.StartPublish(message);
        var headers = CloudEvents.Write(message.EventId, message.Type, _source, span?.Id ?? message.TraceParent, span?.TraceStateString ?? message.TraceState);
        if (message.Headers is not null)
        {
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(message.Headers)!)
                headers.Add(name, CloudEvents.Utf8(value));
        }
        _producer!.Produce(message.Topic, new() { Key = CloudEvents.Utf8(message.Key), Value = message.Payload, Headers = headers }, report =>
        {
            if (report.Error.IsError)
                span?.SetStatus(ActivityStatusCode.Error, report.Error.Reason);
            else
                OutboxTelemetry.Published(message);
            span?.Dispose();
            batch.Delivered(report);
        });
    }

    private void Renew()
    {
        _producer?.Dispose();
        _broken = false;
        _producer = producers.Create(error =>
        {
            if (error.IsFatal)
                _broken = true;
            LogKafkaError(error.Code, error.Reason);
        });
    }

    [LoggerMessage(LogLevel.Warning, "Publishing failed, restarting at the cursor: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(LogLevel.Warning, "Kafka producer: {Code}: {Reason}")]
    private partial void LogKafkaError(ErrorCode code, string reason);
}
