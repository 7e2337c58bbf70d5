using Shop.Chaos.Killing;
using Shop.Chaos.Plans;

namespace Shop.Chaos.Running;

/// <summary>The kills of a run, one after the other, while the plan goes on.</summary>
internal sealed class Kills : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private readonly List<ProcessKill> _all = [];
    private readonly Lock _lock = new();
    private readonly Killer _killer;
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _stop;
    private readonly Task _watching;
    private Task _last = Task.CompletedTask;
    private volatile bool _haveRecovered = true;

    public Kills(string infoFile, Action<string> say, CancellationToken cancel)
    {
        (_killer, _say) = (new(infoFile), say);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _watching = WatchAsync(_stop.Token);
    }

    public IReadOnlyList<ProcessKill> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    public void Add(Kill kill)
    {
        var before = _last;
        _last = Task.Run(async () =>
        {
            await before;
            var done = await _killer.KillAsync(kill.Victim, _stop.Token);
            lock (_lock)
            {
                _all.Add(done);
                _haveRecovered = false;
            }
            _say($"killed {kill.Victim.Process} {kill.Victim.Moment.Name} ({string.Join(", ", done.Pids)}); pending orders: {done.PendingOrders?.ToString() ?? "unknown"}");
        });
    }

    /// <summary>Waits until all kills have happened; then for a pause, or until all processes have recovered.</summary>
    public async Task WaitAsync(TimeSpan? pause, TimeSpan recoversWithin, CancellationToken cancel)
    {
        await _last;
        var begun = TimeProvider.System.GetTimestamp();
        while (!(_haveRecovered && pause is null) && TimeProvider.System.GetElapsedTime(begun) < (pause ?? recoversWithin))
            await Task.Delay(PollInterval, cancel);
    }

    /// <summary>Recovery times are those at which it is seen.</summary>
    private async Task WatchAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(PollInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                if (_haveRecovered)
                    continue;
                var all = All;
                var recovered = _killer.HaveAllRecovered(all);
                lock (_lock)
                    _haveRecovered = recovered && all.Count == _all.Count;
            }
        }
        catch (OperationCanceledException)
        {
            // the end of the run
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }
}
