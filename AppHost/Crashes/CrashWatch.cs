namespace Shop.AppHost.Crashes;

/// <summary>Distinguishes a crash from a requested stop by the states of one process (one replica).</summary>
internal sealed class CrashWatch(TimeProvider clock)
{
    // A busy machine needs tens of seconds until a process that has started has its endpoints.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly RestartBackoff _backoff = new(clock);
    private TimeSpan _wait = FirstWait;
    private volatile bool _wanted;
    private volatile bool _stopping;

    /// <summary>It is starting or running, and no stop was requested.</summary>
    public bool IsUp => _wanted;

    /// <summary>It is going to be stopped: the exit that follows is no crash, whatever is reported before it.</summary>
    public void ExpectStop() => (_stopping, _wanted) = (true, false);

    public TimeSpan NextDelay() => _backoff.NextDelay();

    /// <summary>How long it may run without an endpoint until it is restarted; twice as long after each such restart.</summary>
    public TimeSpan NextWaitForEndpoints()
    {
        var wait = _wait;
        _wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        return wait;
    }

    public void HasEndpoints() => _wait = FirstWait;

    /// <returns>The delay before the restart; null: no restart.</returns>
    public TimeSpan? Observe(string? state)
    {
        if (_stopping && state != KnownResourceStates.Starting)
        {
            _stopping = state is null || !KnownResourceStates.TerminalStates.Contains(state);
            return null;
        }

        _stopping = false;
        if (state == KnownResourceStates.Starting || state == KnownResourceStates.Running)
        {
            _wanted = true;
            if (state == KnownResourceStates.Running)
                _backoff.Running();
            return null;
        }

        // A requested stop: the exit that follows is no crash. "Terminated" is the orchestrator's word for the same.
        if (state == KnownResourceStates.Stopping || state == "Terminated")
        {
            _wanted = false;
            return null;
        }

        if (!_wanted || state is null || !KnownResourceStates.TerminalStates.Contains(state))
            return null;

        _wanted = false;   // until the next start: an exit is reported more than once
        return _backoff.NextDelay();
    }
}
