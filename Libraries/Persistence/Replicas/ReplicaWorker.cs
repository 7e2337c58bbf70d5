using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Persistence.Workers;

namespace Shop.Persistence.Replicas;

/// <summary>Renews this replica's presence and releases what dead ones held.</summary>
public sealed partial class ReplicaWorker : Worker
{
    private readonly ReplicaPresence _presence;
    private readonly DatabaseReadiness _readiness;
    private readonly IOptions<ReplicaOptions> _options;
    private readonly ILogger<ReplicaWorker> _logger;
    private volatile bool _isFirst;

    internal ReplicaWorker(ReplicaPresence presence, DatabaseReadiness readiness, IOptions<ReplicaOptions> options, ILogger<ReplicaWorker> logger) =>
        (_presence, _readiness, _options, _logger) = (presence, readiness, options, logger);

    /// <summary>Leases of dead replicas have been released, by this replica. Handlers must be quick and must not throw.</summary>
    public event Action? LeasesReleased;

    /// <summary>One replica of the service at a time, more or less: for what one is enough for. Two may believe it for a moment, or none.</summary>
    public bool IsFirst => _isFirst;

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await _readiness.WaitAsync(stopping);
        while (true)
        {
            var wait = _options.Value.PollInterval;
            try
            {
                (var silent, _isFirst) = await _presence.RenewAsync(stopping);
                if (await _presence.ReleaseDeadAsync(silent, stopping))
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

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await _presence.LeaveAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            // Its presence runs out by itself.
            LogFailed(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The presence of this replica could not be renewed: {Reason}")]
    private partial void LogFailed(string reason);
}
