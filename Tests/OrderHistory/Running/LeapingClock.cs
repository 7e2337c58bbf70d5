using System.Collections.Concurrent;

namespace Shop.OrderHistory.Tests.Running;

/// <summary>The real time. <see cref="Leap"/> ends the waits that would end within a time, at once.</summary>
public sealed class LeapingClock : TimeProvider
{
    private readonly ConcurrentDictionary<Timer, bool> _timers = [];

    public void Leap(TimeSpan by)
    {
        foreach (var timer in _timers.Keys)
            timer.EndIfDueWithin(by);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, dueTime, period);
        _timers[timer] = true;
        timer.Start(callback, state);
        return timer;
    }

    private sealed class Timer(LeapingClock clock, TimeSpan dueTime, TimeSpan period) : ITimer
    {
        private readonly Lock _gate = new();
        private ITimer? _real;
        private long _set = clock.GetTimestamp();
        private TimeSpan _dueTime = dueTime;
        private TimeSpan _period = period;

        public void Start(TimerCallback callback, object? state)
        {
            lock (_gate)
                _real = System.CreateTimer(callback, state, _dueTime, _period);
        }

        public void EndIfDueWithin(TimeSpan by)
        {
            lock (_gate)
            {
                if (_dueTime != Timeout.InfiniteTimeSpan && _dueTime - clock.GetElapsedTime(_set) <= by)
                    _real?.Change(TimeSpan.Zero, _period);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                (_set, _dueTime, _period) = (clock.GetTimestamp(), dueTime, period);
                return _real!.Change(dueTime, period);
            }
        }

        public void Dispose()
        {
            clock._timers.TryRemove(this, out _);
            _real?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
