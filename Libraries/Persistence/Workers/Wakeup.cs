namespace Shop.Persistence.Workers;

/// <summary>An auto-reset event for many setters and one waiter. Thread-safe. There is nothing to dispose, so it may be set at any time, also after its waiter has stopped.</summary>
public sealed class Wakeup
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _set = New();

    /// <summary>Wakes the waiter, or its next wait. Several calls before that count once.</summary>
    public void Set()
    {
        lock (_gate)
            _set.TrySetResult();
    }

    /// <summary>True: it was set, and has been reset. False: <paramref name="longest"/> has passed.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        Task set;
        lock (_gate)
            set = _set.Task;
        if (!set.IsCompleted)
            await set.WaitAsync(longest, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_set.Task.IsCompleted)
                return false;
            _set = New();
            return true;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
