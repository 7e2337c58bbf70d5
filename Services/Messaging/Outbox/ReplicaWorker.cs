using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Database;

namespace Shop.Messaging.Outbox;

/// <summary>Keeps this replica's shard leases, looks now and then whether a signal was lost or another replica has died, and asks the broker whether it still has everything.</summary>
internal sealed partial class ReplicaWorker(
    ShardLeases leases, OutboxSignal signal, ReplicaSignals signals, ReplicaPresence presence, RelayRecovery recovery, DatabaseReadiness readiness, DatabaseSpace space,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<ReplicaWorker> logger) : Worker
{
    private readonly Wakeup _renewNow = new();

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        var checkedAt = clock.GetTimestamp();
        signals.LeasesChanged += _renewNow.Set;
        while (!stopping.IsCancellationRequested)
        {
            var wait = options.Value.PollInterval;
            try
            {
                var (shards, silent) = await leases.RenewAsync(stopping);
                if (shards != 0)
                    signal.Wake(shards);
                if (await presence.BuryAsync(silent, stopping))
                {
                    await signals.TellSagasDueAsync(stopping);
                    continue;   // its shards, too
                }
                if (silent.Length > 0 && options.Value.DeadAfter < wait)
                    wait = options.Value.DeadAfter;
                // One replica is enough: the one that has the first shard.
                if ((leases.Owned & 1) != 0 && clock.GetElapsedTime(checkedAt) >= options.Value.LostDataCheck)
                {
                    checkedAt = clock.GetTimestamp();
                    await recovery.CheckBrokerAsync(stopping);
                }
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                space.Observe(failure);
                LogFailed(failure.Message);
            }
            await _renewNow.WaitAsync(wait, stopping);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        signals.LeasesChanged -= _renewNow.Set;
        await base.StopAsync(cancellationToken);
        try
        {
            await leases.ReleaseAsync(cancellationToken);
            await signals.TellLeasesChangedAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            // They run out by themselves.
            LogFailed(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Leases of outbox shards: {Reason}")]
    private partial void LogFailed(string reason);
}
