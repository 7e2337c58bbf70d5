using Microsoft.EntityFrameworkCore;

namespace Shop.OrderHistory.Rebuilds;

/// <summary>
/// Cancels the work on a rebuild when it is no longer this attempt's, because an operator has cancelled it or another replica has begun it again: also while a batch is read,
/// a statement runs, or the work waits for a lock.
/// </summary>
internal sealed class RebuildWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationTokenSource _work;
    private readonly Task _watching;

    /// <param name="failed">Called when the row could not be read, which is tried again.</param>
    public RebuildWatch(RebuildAttempt attempt, IServiceScopeFactory scopes, TimeProvider clock, Action<Exception> failed, CancellationToken stopping)
    {
        _work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _watching = WatchAsync(attempt, scopes, clock, failed, _disposed.Token);
    }

    /// <summary>Of the work.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>The rebuild is no longer this attempt's.</summary>
    public bool HasEnded { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _work.Dispose();
        _disposed.Dispose();
    }

    private async Task WatchAsync(RebuildAttempt attempt, IServiceScopeFactory scopes, TimeProvider clock, Action<Exception> failed, CancellationToken disposed)
    {
        while (!HasEnded)
        {
            await Task.Delay(Interval, clock, disposed);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                HasEnded = !await attempt.Of(scope.ServiceProvider.GetRequiredService<OrderHistoryDb>()).AnyAsync(disposed);
            }
            catch (Exception failure) when (!disposed.IsCancellationRequested)
            {
                failed(failure);
            }
        }

        await _work.CancelAsync();
    }
}
