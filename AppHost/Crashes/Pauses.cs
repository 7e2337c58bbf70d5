namespace Shop.AppHost.Crashes;

/// <summary>How long to wait before the next start: short at first, longer while it keeps dying, short again after it has lived for a while.</summary>
internal sealed class Pauses(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LivedWell = TimeSpan.FromSeconds(10);

    private int _deaths;
    private DateTimeOffset? _running;

    public void Running() => _running ??= clock.GetUtcNow();

    public TimeSpan AfterDeath()
    {
        if (_running is { } since && clock.GetUtcNow() - since >= LivedWell)
            _deaths = 0;

        _running = null;
        var pause = First * Math.Pow(2, Math.Min(_deaths++, 10));
        return pause < Longest ? pause : Longest;
    }
}
