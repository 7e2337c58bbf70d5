namespace Shop.Persistence.Workers;

/// <summary>After a quiet time a moment only; while events keep coming they gather, for nobody waits for them.</summary>
/// <param name="gather">The least wait.</param>
/// <param name="pace">The least time between two ends of a wait.</param>
public sealed class Pacer(TimeSpan gather, TimeSpan pace, TimeProvider clock)
{
    private long? _last;

    public async Task WaitAsync(CancellationToken cancel)
    {
        var left = _last is { } last ? pace - clock.GetElapsedTime(last) : TimeSpan.Zero;
        var wait = left > gather ? left : gather;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancel);
        _last = clock.GetTimestamp();
    }
}
