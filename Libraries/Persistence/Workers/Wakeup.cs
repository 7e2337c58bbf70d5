namespace Shop.Persistence.Workers;

/// <summary>Many set it, one waits for it. Setting it twice before it was seen counts once. Nothing to dispose, so it may be set at any time, even after the end.</summary>
public sealed class Wakeup
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _set = New();

    public void Set()
    {
        lock (_gate)
            _set.TrySetResult();
    }

    /// <summary>True: it was set, and is not any more. False: the time was up.</summary>
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
