
namespace Shop.Sagas.Engine;

/// <summary>Wakes one waiter at the next of several due times, without a database query. Thread-safe.</summary>
internal sealed class DueTimer(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<byte, long> _times = new();   // timestamps
    private TaskCompletionSource _changed = New();

    public void Now() => In(TimeSpan.Zero);

    public void In(TimeSpan wait)
    {
        lock (_gate)
        {
            _times.Enqueue(0, clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency));
            _changed.TrySetResult();
        }
    }

    /// <summary>True: a due time has come. False: <paramref name="longest"/> has passed.</summary>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_gate)
            {
                var now = clock.GetTimestamp();
                var due = false;
                while (_times.TryPeek(out _, out var time) && time <= now)
                {
                    _times.Dequeue();
                    due = true;
                }
                wait = longest - clock.GetElapsedTime(begun, now);
                if (due || wait <= TimeSpan.Zero)
                    return due;
                if (_times.TryPeek(out _, out var next) && clock.GetElapsedTime(now, next) is var untilNext && untilNext < wait)
                    wait = untilNext;
                if (_changed.Task.IsCompleted)
                    _changed = New();
                changed = _changed.Task;
            }
            // Timers round down to whole milliseconds.
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            await Task.WhenAny(changed, Task.Delay(wait + TimeSpan.FromMilliseconds(1), clock, timer.Token));
            await timer.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
