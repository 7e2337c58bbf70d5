using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Commits;
using Shop.Persistence.Replicas;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Wakes the relay that owns a shard when events have been committed to it: this replica's at once, another replica's by a signal. Signals are batched, and sent only
/// for shards of other replicas. A lost signal delays publication by at most a poll interval.
/// </summary>
internal sealed partial class OutboxSignals(
    ReplicaSignals signals, CommitObservers commits, OutboxSignal own, ShardLeases leases, DatabaseReadiness readiness, IOptions<OutboxOptions> options, TimeProvider clock,
    ILogger<OutboxSignals> logger) : Worker, ISignalListener, ICommitObserver<OutboxRow>
{
    private const string Leases = "leases";
    private static readonly TimeSpan BatchDelay = TimeSpan.FromMilliseconds(5);

    private readonly OutboxSignal _others = new();
    // The receiver reads no more often than MinReadInterval.
    private readonly Pacer _pacer = new(BatchDelay, options.Value.MinReadInterval, clock);

    /// <summary>Another replica has released leases.</summary>
    public event Action? LeasesChanged;

    public string Channel => "shop_outbox";

    public Task SendLeasesChangedAsync(CancellationToken cancel) => signals.SendAsync(Channel, Leases, cancel);

    public Task SendShardsAsync(int shards, CancellationToken cancel) => signals.SendAsync(Channel, shards.ToString(CultureInfo.InvariantCulture), cancel);

    public void Committed(IReadOnlyList<OutboxRow> added)
    {
        var shards = added.Aggregate(0, (bits, row) => bits | 1 << row.Shard);
        var owned = leases.Owned;
        if ((shards & owned) != 0)
            own.Wake(shards & owned);
        if ((shards & ~owned) != 0)
            _others.Wake(shards & ~owned);
    }

    // Signals may have been missed.
    public void ListeningBegan() => own.Wake(OutboxSignal.All);

    public void Signalled(string payload)
    {
        if (payload == Leases)
            LeasesChanged?.Invoke();
        else if (int.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out var shards) && (shards & leases.Owned) is var owned and not 0)
            own.Wake(owned);
    }

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        commits.Add(this);
        try
        {
            await readiness.WaitAsync(stopping);
            for (var failures = 0; ;)
            {
                try
                {
                    await SendAsync(stopping);
                    failures = 0;
                }
                catch (Exception failure) when (!stopping.IsCancellationRequested)
                {
                    LogInterrupted(failure.Message);
                    await Task.Delay(Backoff.Delay(++failures, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10)), stopping);
                }
            }
        }
        finally
        {
            commits.Remove(this);
        }
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        var shards = await _others.WaitAsync(cancel);
        await _pacer.WaitAsync(cancel);
        await SendShardsAsync(shards | _others.Take(), cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Other replicas could not be signalled about new events; they poll for them: {Reason}")]
    private partial void LogInterrupted(string reason);
}
