namespace Shop.Persistence.Workers;

/// <summary>Delays an action so that events of a short time are processed as one batch: by the batch delay after an idle time, by the rest of the interval under load. For one caller at a time.</summary>
/// <param name="batchDelay">The shortest wait.</param>
/// <param name="minInterval">The shortest time between the ends of two waits.</param>
public sealed class Pacer(TimeSpan batchDelay, TimeSpan minInterval, TimeProvider clock)
{
    private long? _last;

    /// <summary>Returns when the next batch is due.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        var left = _last is { } last ? minInterval - clock.GetElapsedTime(last) : TimeSpan.Zero;
        var wait = left > batchDelay ? left : batchDelay;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancel);
        _last = clock.GetTimestamp();
    }
}
