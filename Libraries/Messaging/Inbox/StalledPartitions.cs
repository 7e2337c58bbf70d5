using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Telemetry;

namespace Shop.Messaging.Inbox;

/// <summary>
/// Partitions that make no progress although events wait: a transient failure that persists, a database that is unavailable. Reported as a metric, as a log entry at
/// an interval and as degraded health; the service stays ready.
/// </summary>
internal sealed partial class StalledPartitions(IOptions<ConsumerOptions> options, TimeProvider clock, ILogger<StalledPartitions> logger) : IHealthCheck
{
    public const string HealthCheck = "consumer";

    private readonly ConcurrentDictionary<TopicPartition, TimeSpan> _waiting = [];
    private readonly Dictionary<TopicPartition, long> _loggedAt = [];
    private bool _isMeasured;

    private TimeSpan Limit => options.Value.StalledAfter;

    /// <summary>Called by the polling thread.</summary>
    public void Observe(IReadOnlyCollection<PartitionWorker> workers)
    {
        if (!_isMeasured)
            MessagingTelemetry.Meter.CreateObservableGauge("shop.consumer.stalled", Measure, "s", "For how long a partition has made no progress although events wait.");
        _isMeasured = true;

        foreach (var gone in _waiting.Keys.Except(workers.Select(worker => worker.Partition)))
            _waiting.TryRemove(gone, out _);
        foreach (var worker in workers)
        {
            var stalled = _waiting[worker.Partition] = worker.Waiting > 0 ? worker.Progress.Unchanged : TimeSpan.Zero;
            if (stalled < Limit)
                _loggedAt.Remove(worker.Partition);
            else if (!_loggedAt.TryGetValue(worker.Partition, out var loggedAt) || clock.GetElapsedTime(loggedAt) >= Limit)
                Log(worker, stalled);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stalled = _waiting.Where(partition => partition.Value >= Limit).Select(partition => $"{partition.Key.Topic}/{partition.Key.Partition.Value}").Order().ToList();
        return Task.FromResult(stalled.Count == 0 ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, $"No progress although events wait: {string.Join(", ", stalled)}."));
    }

    private void Log(PartitionWorker worker, TimeSpan stalled)
    {
        _loggedAt[worker.Partition] = clock.GetTimestamp();
        LogStalled(worker.Partition.Topic, worker.Partition.Partition.Value, worker.Progress.Offset, stalled.TotalSeconds, worker.Waiting);
    }

    private IEnumerable<Measurement<double>> Measure() => _waiting.Select(partition => new Measurement<double>(partition.Value.TotalSeconds,
        new("messaging.destination.name", partition.Key.Topic), new("messaging.destination.partition.id", partition.Key.Partition.Value)));

    [LoggerMessage(LogLevel.Error, "{Topic}/{Partition} has made no progress at offset {Offset} for {Seconds:0} s; {Waiting} events wait in memory")]
    private partial void LogStalled(string topic, int partition, long offset, double seconds, int waiting);
}
