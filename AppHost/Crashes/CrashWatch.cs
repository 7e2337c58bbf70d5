namespace Shop.AppHost.Crashes;

/// <summary>Tells from the states of one process (one replica) whether it died, or was stopped by somebody.</summary>
internal sealed class CrashWatch(TimeProvider clock)
{
    private readonly Pauses _pauses = new(clock);
    private volatile bool _wanted;

    /// <summary>It is starting or running, and nobody asked it to end.</summary>
    public bool IsUp => _wanted;

    public TimeSpan NextPause() => _pauses.AfterDeath();

    /// <returns>How long to wait before it is started again; null: nothing to do.</returns>
    public TimeSpan? Sees(string? state)
    {
        if (state == KnownResourceStates.Starting || state == KnownResourceStates.Running)
        {
            _wanted = true;
            if (state == KnownResourceStates.Running)
                _pauses.Running();
            return null;
        }

        // Somebody pressed Stop; the end that follows is what they want. "Terminated" is the orchestrator's word for the same.
        if (state == KnownResourceStates.Stopping || state == "Terminated")
        {
            _wanted = false;
            return null;
        }

        if (!_wanted || state is null || !KnownResourceStates.TerminalStates.Contains(state))
            return null;

        _wanted = false;   // until it starts again: an end is reported more than once
        return _pauses.AfterDeath();
    }
}
