namespace Shop.Catalog.Caching;

/// <summary>
/// Answers that many ask for again and again, each kept for a moment. What is kept is the reading itself: who comes while it runs waits for the same one.
/// Its age counts from its start, and one that is forgotten on the way is found by nobody any more; so nothing that was read before a change is used after
/// the change was told, and an older answer never takes the place of a newer one. A reading that fails is not used again.
/// </summary>
/// <param name="life">Zero: nothing is kept.</param>
/// <param name="most">When there are as many, further ones are read and not kept.</param>
internal sealed class RecentAnswers<TKey, TAnswer>(TimeSpan life, int most, TimeProvider clock) where TKey : notnull
{
    private sealed record Entry(TKey Key, Task<TAnswer> Answer, long Begun);

    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Lock _gate = new();

    /// <param name="read">Not bound to one of its callers: <paramref name="cancel"/> ends the waiting, not the reading.</param>
    /// <param name="isHit">Whether the answer was there, or on its way.</param>
    public Task<TAnswer> GetAsync(TKey key, Func<Task<TAnswer>> read, out bool isHit, CancellationToken cancel)
    {
        Task<TAnswer> answer;
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

    private Task<TAnswer> Begin(TKey key, Func<Task<TAnswer>> read)
    {
        // Elsewhere: nobody else waits for the first steps of a reading.
        var entry = new Entry(key, Task.Run(read), clock.GetTimestamp());
        if (_entries.Count >= most)
            RemoveUseless();
        if (life > TimeSpan.Zero && (_entries.Count < most || _entries.ContainsKey(key)))
            _entries[key] = entry;
        return entry.Answer;
    }

    private bool IsUsable(Entry entry) => clock.GetElapsedTime(entry.Begun) < life && !entry.Answer.IsFaulted && !entry.Answer.IsCanceled;

    private void RemoveUseless()
    {
        foreach (var entry in _entries.Values.Where(entry => !IsUsable(entry)).ToList())
            _entries.Remove(entry.Key);
    }
}
