using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Publishes this replica's shards: reads the newly visible events, publishes them in order, and advances the cursors after the broker's acknowledgement.
/// After a crash in between, it or another replica publishes them again; consumers drop duplicates.
/// </summary>
internal sealed partial class Relay(
    OutboxReader outbox, EventProducer producer, AcknowledgedOffsets offsets, ShardLeases leases, OutboxSignal signal, RelayRecovery recovery,
    DatabaseReadiness readiness, DatabaseSpace space, TopicCreation topics, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<Relay> logger) : Worker
{
    // Acknowledged by the broker, but the update of the cursors failed: only the update is retried.
    private (IReadOnlyList<ShardRead> Reads, IReadOnlyCollection<(string Topic, int Partition, long Offset)> Acknowledged)? _acknowledged;
    private readonly Pacer _pacer = new(options.Value.BatchDelay, options.Value.MinReadInterval, clock);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        await topics.WaitAsync(stopping);
        var failures = 0;
        var afterFailure = true;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // A restored database or a broker that lost data always causes an interruption: it is checked at the start and after a failure.
                if (afterFailure)
                    await recovery.CheckAsync(stopping);
                afterFailure = false;

                var woken = await signal.WaitAsync(stopping);
                await _pacer.WaitAsync(stopping);
                await PublishAsync((woken | signal.Take()) & leases.Owned, stopping);
                failures = 0;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // No failure may end the relay: the events stay in the outbox.
                afterFailure = true;
                space.Observe(failure);
                var delay = Backoff.Delay(++failures, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
                LogFailed(failure, failures, delay.TotalSeconds);
                await Task.Delay(delay, stopping);
                signal.Wake(OutboxSignal.All);
            }
        }
    }

    private async Task PublishAsync(int shards, CancellationToken cancel)
    {
        if (_acknowledged is { } earlier)
            await outbox.AdvanceAsync(earlier.Reads, earlier.Acknowledged, cancel);
        _acknowledged = null;
        while (shards != 0)
        {
            var reads = await outbox.ReadAsync(Numbers(shards), options.Value.ReadLimit, cancel);
            if (reads.Count == 0)
                return;

            offsets.Of(reads[0].Generation);
            var acknowledged = await producer.PublishAsync(reads, cancel);
            _acknowledged = (reads, acknowledged);
            await outbox.AdvanceAsync(reads, acknowledged, cancel);
            _acknowledged = null;
            if (offsets.BrokerLostData)
            {
                await recovery.RepublishAsync(reads[0].Generation, cancel);
                shards = leases.Owned;
                continue;
            }
            // Reads on at once if a limit cut a read short: other shards may not have been read either.
            shards = reads.Any(read => read.MayHaveMore) ? shards & leases.Owned : 0;
        }
    }

    private static short[] Numbers(int shards) => [.. Enumerable.Range(0, Shards.Count).Where(shard => (shards >> shard & 1) != 0).Select(shard => (short)shard)];

    [LoggerMessage(LogLevel.Error, "The relay failed (attempt {Attempt}), next try in {Seconds:0.0} s")]
    private partial void LogFailed(Exception failure, int attempt, double seconds);
}
