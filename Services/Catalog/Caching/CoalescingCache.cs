namespace Shop.Catalog.Caching;

/// <summary>
/// A cache with a short lifetime that coalesces concurrent reads. An entry is the task of the read itself: callers that arrive while it runs await the same task.
/// An entry's age counts from the start of its read, and an entry that is removed during its read is not found again. So a value from before a change is not used after
/// the change was signalled, and an older value never replaces a newer one. Failed reads are not reused. Thread-safe.
/// </summary>
/// <param name="life">The lifetime of an entry. Zero: nothing is cached.</param>
/// <param name="most">The maximum number of entries. When it is reached, further values are read and not cached.</param>
internal sealed class CoalescingCache<TKey, TValue>(TimeSpan life, int most, TimeProvider clock) where TKey : notnull
{
    private sealed record Entry(TKey Key, Task<TValue> Answer, long Begun);

    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Lock _gate = new();

    /// <param name="read">Shared by callers: <paramref name="cancel"/> cancels this caller's wait, not the read.</param>
    /// <param name="isHit">Whether the entry existed, also if its read is still running.</param>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> read, out bool isHit, CancellationToken cancel)
    {
        Task<TValue> answer;
        lock (_gate)
        {
            isHit = _entries.TryGetValue(key, out var entry) && IsUsable(entry);
            answer = isHit ? entry!.Answer : Begin(key, read);
        }

        return answer.WaitAsync(cancel);
    }

    public void Remove(TKey key)
    {
        lock (_gate)
            _entries.Remove(key);
    }

    public void RemoveAll()
    {
        lock (_gate)
            _entries.Clear();
    }

    private Task<TValue> Begin(TKey key, Func<Task<TValue>> read)
    {
        // On another thread: the lock is not held during the synchronous part of the read.
        var entry = new Entry(key, Task.Run(read), clock.GetTimestamp());
        if (_entries.Count >= most)
            RemoveUnusable();
        if (life > TimeSpan.Zero && (_entries.Count < most || _entries.ContainsKey(key)))
            _entries[key] = entry;
        return entry.Answer;
    }

    private bool IsUsable(Entry entry) => clock.GetElapsedTime(entry.Begun) < life && !entry.Answer.IsFaulted && !entry.Answer.IsCanceled;

    private void RemoveUnusable()
    {
        foreach (var entry in _entries.Values.Where(entry => !IsUsable(entry)).ToList())
            _entries.Remove(entry.Key);
    }
}
