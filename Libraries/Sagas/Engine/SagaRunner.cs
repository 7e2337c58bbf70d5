using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Commits;
using Shop.Persistence.Replicas;
using Shop.Persistence.Schema;
using Shop.Persistence.Workers;
using Shop.Sagas.Definition;
using Shop.Sagas.Store;
using Shop.Sagas.Telemetry;

namespace Shop.Sagas.Engine;

/// <summary>
/// Runs sagas: those that this replica has started, at once after their commit, and due ones without a lease, such as retries and sagas of dead replicas.
/// </summary>
internal sealed partial class SagaRunner(
    SagaCatalog catalog, SagaStore store, SagaWriter writer, CommitObservers commits, SagaSignals signals, ReplicaWorker replicas, IServiceScopeFactory scopes, ServiceDatabase service,
    DatabaseReadiness readiness, DatabaseSpace space, IOptions<SagaOptions> options, TimeProvider clock, ILogger<SagaRunner> logger) : Worker, ICommitObserver<SagaRow>
{
    /// <summary>How long a step may continue when the process stops.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    private readonly Channel<SagaClaim> _started = Channel.CreateUnbounded<SagaClaim>(new() { SingleReader = true });
    private readonly SemaphoreSlim _slots = new(options.Value.Concurrency);
    private readonly DueTimer _due = new(clock);
    private readonly ConcurrentDictionary<Task, byte> _running = [];

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (catalog.Names.Length == 0)
            return;
        catalog.Verify();
        commits.Add(this);
        signals.Due += _due.Now;
        replicas.LeasesReleased += OnLeasesReleased;
        await readiness.WaitAsync(stopping);
        using var abandon = new CancellationTokenSource();
        var writing = writer.RunAsync();
        try
        {
            await Task.WhenAll(RunStartedAsync(stopping, abandon.Token), RunDueAsync(stopping, abandon.Token));
        }
        finally
        {
            commits.Remove(this);
            signals.Due -= _due.Now;
            replicas.LeasesReleased -= OnLeasesReleased;
            abandon.CancelAfter(Grace);
            await Task.WhenAll(_running.Keys);
            writer.Complete();
            await writing;
            await ReleaseAsync();
        }
    }

    /// <summary>Queues the sagas that this replica has started.</summary>
    public void Committed(IReadOnlyList<SagaRow> added)
    {
        foreach (var saga in added)
            _started.Writer.TryWrite(SagaClaim.Started(saga, clock.GetTimestamp()));
    }

    private async Task RunStartedAsync(CancellationToken stopping, CancellationToken abandon)
    {
        await foreach (var claim in _started.Reader.ReadAllAsync(stopping))
        {
            await _slots.WaitAsync(stopping);
            Run(claim, stopping, abandon);
        }
    }

    private async Task RunDueAsync(CancellationToken stopping, CancellationToken abandon)
    {
        for (var failures = 0; ;)
        {
            try
            {
                var woken = await _due.WaitAsync(options.Value.Interval, stopping);
                while (true)
                {
                    await _slots.WaitAsync(stopping);
                    var free = 1;
                    while (free < 50 && _slots.Wait(0, CancellationToken.None))
                        free++;
                    var claims = await ClaimAsync(free, stopping);
                    foreach (var claim in claims)
                        Run(claim, stopping, abandon);
                    if (claims.Count < free)
                        break;
                }
                if (!woken && await store.NextDueAsync(stopping) is { } next && next < options.Value.Interval)
                    _due.In(next);
                failures = 0;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                var delay = Backoff.Delay(++failures, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
                space.Observe(failure);
                LogClaimFailed(failure.Message, delay.TotalSeconds);
                await Task.Delay(delay, stopping);
            }
        }
    }

    // Claims as many as there are free slots, and releases the slots that it does not need.
    private async Task<IReadOnlyList<SagaClaim>> ClaimAsync(int free, CancellationToken cancel)
    {
        var taken = 0;
        try
        {
            var claims = await store.ClaimAsync(free, cancel);
            taken = claims.Count;
            return claims;
        }
        finally
        {
            if (free > taken)
                _slots.Release(free - taken);
        }
    }

    private void Run(SagaClaim claim, CancellationToken stopping, CancellationToken abandon)
    {
        var run = Task.Run(() => RunAsync(claim, stopping, abandon), CancellationToken.None);
        _running.TryAdd(run, 0);
        run.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync(SagaClaim claim, CancellationToken stopping, CancellationToken abandon)
    {
        using var span = SagaTelemetry.StartSaga(claim);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var journal = new DatabaseJournal(service.Of(scope.ServiceProvider), writer, store);
            var run = new SagaRun(claim, catalog.Bind(claim.Type, scope.ServiceProvider), journal, options.Value, clock, logger);
            if (await run.RunAsync(stopping, abandon) is { } wait)
                _due.In(wait);
        }
        catch (SagaLostException failure)
        {
            LogLost(failure.Message);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Its lease is released in ReleaseAsync, or ends.
        }
        catch (Exception failure)
        {
            LogRunFailed(failure, claim.Type, claim.Id);
        }
        finally
        {
            _slots.Release();
        }
    }

    // Any replica may claim the sagas of dead ones: this replica queries at once, the others are signalled.
    private void OnLeasesReleased()
    {
        _due.Now();
        _ = SignalDueAsync();
    }

    private async Task SignalDueAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Grace);
            await signals.SendDueAsync(limit.Token);
        }
        catch (Exception failure)
        {
            // They poll for them.
            LogClaimFailed(failure.Message, 0);
        }
    }

    private async Task ReleaseAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Grace);
            await store.ReleaseAsync(limit.Token);
            await signals.SendDueAsync(limit.Token);
        }
        catch (Exception failure)
        {
            // The leases expire.
            LogClaimFailed(failure.Message, 0);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(LogLevel.Warning, "Due sagas could not be claimed, signalled or released: {Reason}; next try in {Seconds:0.0} s")]
    private partial void LogClaimFailed(string reason, double seconds);

    [LoggerMessage(LogLevel.Error, "{Saga} {Id} failed unexpectedly; it continues when its lease ends")]
    private partial void LogRunFailed(Exception failure, string saga, Guid id);
}
