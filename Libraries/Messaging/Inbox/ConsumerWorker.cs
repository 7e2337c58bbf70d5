using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Kafka;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Inbox;

/// <summary>
/// The service's member of its consumer group. One thread polls, whatever the partitions' workers are doing: a member that does not poll is expelled.
/// Partitions come and go by cooperative rebalancing, one by one.
/// </summary>
internal sealed partial class ConsumerWorker(
    ConsumerFactory consumers, MessagingDefinition definition, DeliveryProcessor processor, DatabaseReadiness readiness, ConsumedPartitions consumed, ConsumerLag lag,
    StalledPartitions stalled, SkippedRecords skipped, IOptions<ConsumerOptions> options, TimeProvider clock, ILogger<ConsumerWorker> logger) : Worker
{
    private static readonly TimeSpan PollWait = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<TopicPartition, PartitionWorker> _workers = [];

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        // Polling blocks: a thread of its own.
        await Task.Factory.StartNew(() => Run(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Run(CancellationToken stopping)
    {
        for (var attempt = 1; !stopping.IsCancellationRequested; attempt++)
        {
            try
            {
                Consume(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // A fatal error of the client: a new member takes over from the committed offsets.
                var delay = Backoff.Delay(attempt, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));
                LogRestarting(failure, delay.TotalSeconds);
                stopping.WaitHandle.WaitOne(delay);
            }
        }
    }

    private void Consume(CancellationToken stopping)
    {
        var fatal = (Error?)null;
        using var consumer = consumers.Create(new(
            OnError: error =>
            {
                if (error.IsFatal)
                    fatal = error;
                LogKafkaError(error.Code, error.Reason);
            },
            OnAssigned: (client, partitions) => Assigned(client, partitions, stopping),
            OnRevoked: gone => Revoked(gone, options.Value.RevokeTimeout),
            OnLost: gone => Revoked(gone, TimeSpan.Zero)));
        try
        {
            consumer.Subscribe(definition.ConsumedTopics);
            var remade = new RemadeTopics(consumed, options.Value.TopicCheck, clock);
            while (!stopping.IsCancellationRequested)
            {
                if (fatal is not null)
                    throw new KafkaException(fatal);
                if (Poll(consumer) is { } record && _workers.TryGetValue(record.TopicPartition, out var worker))
                    worker.Enqueue(record);
                Throttle(consumer);
                if (remade.Observe(_workers.Keys, stopping))
                    return;   // another member begins where it must
                lag.Observe(consumer, _workers.Values);
                stalled.Observe(_workers.Values);
                skipped.Report();
            }
        }
        finally
        {
            try
            {
                // Hands the partitions over (through Revoked) and commits what is stored.
                consumer.Close();
            }
            finally
            {
                Revoked([.. _workers.Keys.Select(partition => new TopicPartitionOffset(partition, Offset.Unset))], TimeSpan.Zero);
            }
        }
    }

    private ConsumeResult<byte[], byte[]>? Poll(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            return consumer.Consume(PollWait);
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            // A topic that its owner has not created yet, a broker that is away: librdkafka goes on by itself.
            LogPoll(failure.Error.Code, failure.Error.Reason);
            return null;
        }
    }

    // A partition whose worker is behind, or waits for the world to come back, is not fetched any further.
    private void Throttle(IConsumer<byte[], byte[]> consumer)
    {
        foreach (var worker in _workers.Values)
        {
            if (!worker.IsPaused && worker.Waiting >= options.Value.QueueLimit)
            {
                consumer.Pause([worker.Partition]);
                worker.IsPaused = true;
            }
            else if (worker.IsPaused && worker.Waiting <= options.Value.QueueLimit / 2)
            {
                consumer.Resume([worker.Partition]);
                worker.IsPaused = false;
            }
        }
    }

    private IReadOnlyList<TopicPartitionOffset> Assigned(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, CancellationToken stopping)
    {
        // Inside the rebalance, which waits: nothing of a partition may be read before it is known where to begin. On a thread of the pool, for this one has nobody else to wait with.
        var starts = Task.Run(() => consumed.StartsAsync(partitions, offsets => consumer.Commit(offsets), stopping), stopping).GetAwaiter().GetResult();
        foreach (var partition in partitions)
        {
            _workers[partition] = new(partition, definition, processor, skipped, offset => Store(consumer, offset), options.Value.BatchSize, clock, logger);
        }
        if (partitions.Count > 0)
            LogAssigned(string.Join(", ", partitions.Select(partition => $"{partition.Topic}/{partition.Partition.Value}")));
        return starts;
    }

    private void Revoked(List<TopicPartitionOffset> partitions, TimeSpan handover)
    {
        var gone = new List<Task>();
        foreach (var partition in partitions)
        {
            if (_workers.Remove(partition.TopicPartition, out var worker))
                gone.Add(worker.StopAsync(handover));
        }
        // Inside the rebalance: the partitions pass on when this returns, so the offsets of finished transactions go with them. librdkafka's callback knows no other
        // way to wait, and the thread is the consumer's own.
        Task.WaitAll(gone);
        if (partitions.Count > 0)
            LogRevoked(string.Join(", ", partitions.Select(partition => $"{partition.Topic}/{partition.Partition.Value}")));
    }

    private void Store(IConsumer<byte[], byte[]> consumer, TopicPartitionOffset offset)
    {
        try
        {
            consumer.StoreOffset(offset);
        }
        catch (KafkaException failure)
        {
            // Taken away meanwhile: the new owner sees the events again, and the inbox knows them.
            LogPoll(failure.Error.Code, failure.Error.Reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Partitions assigned: {Partitions}")]
    private partial void LogAssigned(string partitions);

    [LoggerMessage(LogLevel.Information, "Partitions revoked: {Partitions}")]
    private partial void LogRevoked(string partitions);

    [LoggerMessage(LogLevel.Error, "The consumer failed, a new one starts in {Seconds:0.0} s")]
    private partial void LogRestarting(Exception failure, double seconds);

    [LoggerMessage(LogLevel.Warning, "Kafka consumer: {Code}: {Reason}")]
    private partial void LogKafkaError(ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Debug, "Kafka: {Code}: {Reason}")]
    private partial void LogPoll(ErrorCode code, string reason);
}
