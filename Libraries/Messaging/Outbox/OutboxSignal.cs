using Shop.Persistence.Workers;

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

    /// <summary>Waits until woken. Returns the shards to look at.</summary>
    public async Task<int> WaitAsync(CancellationToken cancel)
    {
        await _wakeup.WaitAsync(Timeout.InfiniteTimeSpan, cancel);
        return Take();
    }

    public int Take() => Interlocked.Exchange(ref _shards, 0);
}
