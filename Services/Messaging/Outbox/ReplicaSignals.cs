using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Messaging.Database;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Wakes the other replicas by LISTEN/NOTIFY. Sent outside business transactions (NOTIFY in them takes a server-wide lock at commit), gathered,
/// and only about shards that another replica reads. A signal that is lost costs a poll interval, nothing else;
/// whoever begins to listen (again) looks at everything first.
/// </summary>
internal sealed partial class ReplicaSignals(
    NpgsqlDataSource source, SessionConnections sessions, CommitInterceptor commits, OutboxSignal signal, ShardLeases leases, ReplicaPresence presence,
    DatabaseReadiness readiness, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<ReplicaSignals> logger) : Worker
{
    private const string Channel = "shop_messaging";
    private const string Leases = "leases";
    private const string Sagas = "sagas";
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);

    private readonly OutboxSignal _foreign = new();
    // Whoever hears it reads at no greater pace.
    private readonly Pacer _pacer = new(Gather, options.Value.Pace, clock);

    /// <summary>A replica has come or gone.</summary>
    public event Action? LeasesChanged;

    /// <summary>A saga became due before its time.</summary>
    public event Action? SagasDue;

    public Task TellLeasesChangedAsync(CancellationToken cancel) => NotifyAsync(Leases, cancel);

    public Task TellSagasDueAsync(CancellationToken cancel) => NotifyAsync(Sagas, cancel);

    public Task TellShardsAsync(int shards, CancellationToken cancel) => NotifyAsync(shards.ToString(CultureInfo.InvariantCulture), cancel);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        commits.Committed += Wake;
        try
        {
            await readiness.WaitAsync(stopping);
            await Task.WhenAll(RepeatAsync(ListenAsync, stopping), RepeatAsync(TellAsync, stopping));
        }
        finally
        {
            commits.Committed -= Wake;
        }
    }

    private void Wake(CommittedWork work)
    {
        if (work.Shards == 0)
            return;
        var owned = leases.Owned;
        if ((work.Shards & owned) != 0)
            signal.Wake(work.Shards & owned);
        if ((work.Shards & ~owned) != 0)
            _foreign.Wake(work.Shards & ~owned);
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        while (true)
        {
            var shards = await _foreign.WaitAsync(cancel);
            await _pacer.WaitAsync(cancel);
            await TellShardsAsync(shards | _foreign.Take(), cancel);
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await sessions.OpenAsync(cancel);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        await presence.AnnounceAsync(connection, cancel);
        // What was said while nobody listened.
        signal.Wake(OutboxSignal.All);
        while (true)
            await connection.WaitAsync(cancel);
    }

    private void Hear(string payload)
    {
        if (payload == Leases)
            LeasesChanged?.Invoke();
        else if (payload == Sagas)
            SagasDue?.Invoke();
        else if (int.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out var shards) && (shards & leases.Owned) is var mine and not 0)
            signal.Wake(mine);
    }

    private async Task NotifyAsync(string payload, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        // A notification writes a commit record, but nobody needs it on disk.
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new($"select pg_notify('{Channel}', $1)") { Parameters = { new() { Value = payload } } });
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work(cancel);
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                LogInterrupted(failure.Message);
                // Never long: who is not heard of for a few seconds is taken for dead.
                await Task.Delay(Backoff.Delay(Math.Min(attempt, 6), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)), cancel);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Signals between replicas are interrupted, polling goes on: {Reason}")]
    private partial void LogInterrupted(string reason);
}
