using Shop.Persistence.Workers;

namespace Shop.Messaging.Outbox;

/// <summary>The shards that may have new events, as bits; one waiter.</summary>
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

    /// <summary>Waits until woken. Returns the shards to read.</summary>
    public async Task<int> WaitAsync(CancellationToken cancel)
    {
        await _wakeup.WaitAsync(Timeout.InfiniteTimeSpan, cancel);
        return Take();
    }

    public int Take() => Interlocked.Exchange(ref _shards, 0);
}
