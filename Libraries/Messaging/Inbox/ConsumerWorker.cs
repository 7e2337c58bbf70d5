using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Definition;
using Shop.Messaging.Kafka;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Inbox;

/// <summary>
/// This replica's member of the consumer group. One thread polls, independently of the partitions' workers: a member that does not poll is removed from the group.
/// Partitions are assigned and revoked one by one (cooperative rebalancing).
/// </summary>
internal sealed partial class ConsumerWorker(
    ConsumerFactory consumers, MessagingDefinition definition, DeliveryProcessor processor, DatabaseReadiness readiness, ConsumedPartitions consumed, ConsumerLag lag,
    StalledPartitions stalled, SkippedRecords skipped, IOptions<ConsumerOptions> options, TimeProvider clock, ILogger<ConsumerWorker> logger) : Worker
{
    private static readonly TimeSpan PollWait = TimeSpan.FromMilliseconds(250);
    // Partitions are resumed between two polls. If all that have records are paused, a poll takes its whole time, and their workers may be done before.
    private static readonly TimeSpan PausedPollWait = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<TopicPartition, PartitionWorker> _workers = [];
    private bool _hasPaused;

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        // Polling blocks, so it has its own thread.
        await Task.Factory.StartNew(() => Run(stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Run(CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        for (var attempt = 1; !end.IsCancellationRequested; attempt++)
        {
            try
            {
                Consume(end);
            }
            catch (Exception failure) when (!end.IsCancellationRequested)
            {
                // After a fatal error of the client a new member continues from the committed offsets.
                var delay = Backoff.Delay(attempt, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10));
                LogRestarting(failure, delay.TotalSeconds);
                end.Token.WaitHandle.WaitOne(delay);
            }
        }
    }

    private void Consume(CancellationTokenSource end)
    {
        var stopping = end.Token;
        var fatal = (Error?)null;
        using var consumer = consumers.Create(new(
            OnError: error =>
            {
                if (error.IsFatal)
                    fatal = error;
                LogKafkaError(error.Code, error.Reason);
            },
            OnAssigned: (client, partitions) => Assigned(client, partitions, stopping),
            OnRevoked: partitions => Revoked(partitions, options.Value.RevokeTimeout),
            OnLost: partitions => Revoked(partitions, TimeSpan.Zero)));
        // Also when the host does not wait until this has ended.
        using var inside = consumers.Enter(leave: end.Cancel);
        try
        {
            consumer.Subscribe(definition.ConsumedTopics);
            var recreated = new RecreatedTopics(consumed, options.Value.TopicCheck, clock);
            while (!stopping.IsCancellationRequested)
            {
                if (fatal is not null)
                    throw new KafkaException(fatal);
                if (Poll(consumer) is { } record && _workers.TryGetValue(record.TopicPartition, out var worker))
                    worker.Enqueue(record);
                Throttle(consumer);
                if (recreated.Observe(_workers.Keys, stopping))
                    return;   // the new member starts at the right offsets
                lag.Observe(consumer, _workers.Values);
                stalled.Observe(_workers.Values);
                skipped.Report();
            }
        }
        finally
        {
            try
            {
                // Revokes the partitions (calls Revoked) and commits the stored offsets.
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
            return consumer.Consume(_hasPaused ? PausedPollWait : PollWait);
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            // A topic that its owner has not created yet, a broker that is unavailable: librdkafka retries.
            LogPoll(failure.Error.Code, failure.Error.Reason);
            return null;
        }
    }

    // A partition whose worker is behind, or retries a transient failure, is paused.
    private void Throttle(IConsumer<byte[], byte[]> consumer)
    {
        _hasPaused = false;
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
            _hasPaused |= worker.IsPaused;
        }
    }

    private IReadOnlyList<TopicPartitionOffset> Assigned(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, CancellationToken stopping)
    {
        // Inside the rebalance, which waits: no record may be read before the start offset is known. The callback is synchronous, so a pool thread runs the query.
        var starts = Task.Run(() => consumed.StartsAsync(partitions, offsets => consumer.Commit(offsets), stopping), stopping).GetAwaiter().GetResult();
        foreach (var partition in partitions)
        {
            _workers[partition] = new(partition, definition, processor, skipped, offset => Store(consumer, offset), options.Value.BatchSize, clock, logger);
        }
        if (partitions.Count > 0)
            LogAssigned(string.Join(", ", partitions.Select(partition => $"{partition.Topic}/{partition.Partition.Value}")));
        return starts;
    }

    private void Revoked(List<TopicPartitionOffset> partitions, TimeSpan timeout)
    {
        var stopping = new List<Task>();
        foreach (var partition in partitions)
        {
            if (_workers.Remove(partition.TopicPartition, out var worker))
                stopping.Add(worker.StopAsync(timeout));
        }
        // Inside the rebalance: the partitions are reassigned when this returns, so the offsets of finished transactions are stored before. The callback is synchronous, and
        // the blocked thread is the consumer's own.
        Task.WaitAll(stopping);
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
            // Revoked meanwhile: the new owner receives the events again, and its inbox drops them.
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
