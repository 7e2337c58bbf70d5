using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Messaging.Database;

namespace Shop.Messaging.Outbox;

/// <summary>Keeps this replica's presence and shard leases, and asks the broker now and then whether it still has everything.</summary>
internal sealed partial class ReplicaWorker(
    ShardLeases leases, OutboxSignal signal, ReplicaSignals signals, RelayRecovery recovery, DatabaseReadiness readiness,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<ReplicaWorker> logger) : BackgroundService
{
    private readonly Wakeup _renewNow = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WaitAsync(stoppingToken);
        var checkedAt = clock.GetTimestamp();
        signals.LeasesChanged += _renewNow.Set;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await leases.RenewAsync(stoppingToken) is var gained and not 0)
                    signal.Wake(gained);
                // One replica is enough: the one that has the first shard.
                if ((leases.Owned & 1) != 0 && clock.GetElapsedTime(checkedAt) >= options.Value.LostDataCheck)
                {
                    checkedAt = clock.GetTimestamp();
                    await recovery.CheckBrokerAsync(stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure.Message);
            }
            await _renewNow.WaitAsync(options.Value.Lease / 3, stoppingToken);
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
