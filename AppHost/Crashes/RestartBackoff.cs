namespace Shop.AppHost.Crashes;

/// <summary>
/// Exponential back-off of restarts, reset after the process has run for 10 s. The first delay leaves the orchestrator time to finish with the process that has ended.
/// </summary>
internal sealed class RestartBackoff(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ResetAfter = TimeSpan.FromSeconds(10);

    private int _crashes;
    private DateTimeOffset? _running;

    public void Running() => _running ??= clock.GetUtcNow();

    public TimeSpan NextDelay()
    {
        if (_running is { } since && clock.GetUtcNow() - since >= ResetAfter)
            _crashes = 0;

        _running = null;
        var delay = First * Math.Pow(2, Math.Min(_crashes++, 10));
        return delay < Longest ? delay : Longest;
    }
}
