namespace Shop.Inventory.Grouping;

/// <summary>Those who wait for one piece of work: as long as one of them is there, it is worth doing.</summary>
internal sealed class Audience : IDisposable
{
    private readonly CancellationTokenSource _hasGone = new();
    private readonly List<CancellationTokenRegistration> _watching;
    private int _left;

    public Audience(IEnumerable<CancellationToken> gone)
    {
        var all = gone.ToList();
        _left = all.Count;
        _watching = all.ConvertAll(one => one.Register(Leave));
    }

    public CancellationToken HasGone => _hasGone.Token;

    public void Dispose()
    {
        foreach (var watch in _watching)
            watch.Dispose();
        _hasGone.Dispose();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _left) == 0)
            _hasGone.Cancel();
    }
}
