using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Replicas;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Outbox;

/// <summary>Renews this replica's shard leases, polls for events whose signal was lost, and checks the broker for lost data.</summary>
internal sealed partial class LeaseWorker(
    ShardLeases leases, OutboxSignal signal, OutboxSignals signals, ReplicaWorker replicas, RelayRecovery recovery, DatabaseReadiness readiness, DatabaseSpace space,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<LeaseWorker> logger) : Worker
{
    private readonly Wakeup _renewNow = new();

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        var checkedAt = clock.GetTimestamp();
        signals.LeasesChanged += _renewNow.Set;
        replicas.LeasesReleased += _renewNow.Set;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var shards = await leases.RenewAsync(stopping);
                if (shards != 0)
                    signal.Wake(shards);
                // One replica is enough: the owner of the first shard.
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
            await _renewNow.WaitAsync(options.Value.Interval, stopping);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        signals.LeasesChanged -= _renewNow.Set;
        replicas.LeasesReleased -= _renewNow.Set;
        await base.StopAsync(cancellationToken);
        try
        {
            await leases.ReleaseAsync(cancellationToken);
            await signals.SendLeasesChangedAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            // The leases expire.
            LogFailed(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Leases of outbox shards could not be renewed or released: {Reason}")]
    private partial void LogFailed(string reason);
}
