namespace Shop.Messaging.Outbox;

/// <summary>Which shards have something new, and a way to wait for it.</summary>
internal sealed class OutboxSignal
{
    public const int All = (1 << Shards.Count) - 1;

    private readonly Wakeup _wakeup = new();
    private int _shards;

    public void Wake(int shards)
    {
        Interlocked.Or(ref _shards, shards);
        _wakeup.Set();
    }

    /// <summary>Waits until woken, or as long as told. Returns the shards to look at; all when the time is up: that is the safety net.</summary>
    public async Task<int> WaitAsync(TimeSpan longest, CancellationToken cancel) => await _wakeup.WaitAsync(longest, cancel) ? Take() : All;

    public int Take() => Interlocked.Exchange(ref _shards, 0);
}
