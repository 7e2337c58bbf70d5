using Microsoft.Extensions.Options;

namespace Shop.Catalog.Imports;

/// <summary>
/// Runs one batch at a time, with a delay after each that is proportional to its duration (equal to it with a share of 0.5): the slower the database,
/// the longer the delay.
/// </summary>
internal sealed class ImportThrottle(IOptions<ImportOptions> options, TimeProvider clock) : IDisposable
{
    // The delay counts against the caller's deadline.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _semaphore = new(1);

    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _semaphore.WaitAsync(cancel);
        try
        {
            var started = clock.GetTimestamp();
            var result = await work();
            await DelayAfterAsync(clock.GetElapsedTime(started), cancel);
            return result;
        }
        finally
        {
            _semaphore.Release();
        }
    }

    public void Dispose() => _semaphore.Dispose();

    private Task DelayAfterAsync(TimeSpan work, CancellationToken cancel)
    {
        var delay = work * (1 / options.Value.Share - 1);
        return Task.Delay(delay < MaxDelay ? delay : MaxDelay, clock, cancel);
    }
}
