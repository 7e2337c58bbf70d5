using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Persistence.Workers;

namespace Shop.Persistence.Replicas;

/// <summary>Renews this replica's presence and releases the leases of dead replicas. A singleton that runs with the host.</summary>
public sealed partial class ReplicaWorker : Worker
{
    private readonly ReplicaPresence _presence;
    private readonly DatabaseReadiness _readiness;
    private readonly IOptions<ReplicaOptions> _options;
    private readonly ILogger<ReplicaWorker> _logger;
    private volatile bool _isFirst;

    internal ReplicaWorker(ReplicaPresence presence, DatabaseReadiness readiness, IOptions<ReplicaOptions> options, ILogger<ReplicaWorker> logger) =>
        (_presence, _readiness, _options, _logger) = (presence, readiness, options, logger);

    /// <summary>Raised after this replica has released the leases of dead replicas, on the worker's thread. Handlers must be quick and must not throw.</summary>
    public event Action? LeasesReleased;

    /// <summary>True for about one replica of the service at a time: for work that one replica suffices for. For up to a poll interval it may be true for two, or for none.</summary>
    public bool IsFirst => _isFirst;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await _readiness.WaitAsync(stopping);
        while (true)
        {
            var wait = _options.Value.Interval;
            try
            {
                (var silent, _isFirst) = await _presence.RenewAsync(stopping);
                if (await _presence.ReleaseDeadReplicasAsync(silent, stopping))
                    LeasesReleased?.Invoke();
                else if (silent.Length > 0 && _options.Value.DeadAfter < wait)
                    wait = _options.Value.DeadAfter;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                _isFirst = false;
                LogFailed(failure.Message);
            }
            await Task.Delay(wait, stopping);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _presence.LeaveAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            // Its presence expires.
            LogFailed(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The presence of this replica could not be renewed: {Reason}")]
    private partial void LogFailed(string reason);
}
