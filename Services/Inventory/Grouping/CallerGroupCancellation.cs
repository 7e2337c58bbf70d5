namespace Shop.Inventory.Grouping;

/// <summary>Cancels work that is shared by several callers when the last of them has cancelled.</summary>
internal sealed class CallerGroupCancellation : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly List<CancellationTokenRegistration> _registrations;
    private int _remaining;

    public CallerGroupCancellation(IEnumerable<CancellationToken> callers)
    {
        var tokens = callers.ToList();
        _remaining = tokens.Count;
        _registrations = tokens.ConvertAll(token => token.Register(CountDown));
    }

    public CancellationToken Cancelled => _cancelled.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _cancelled.Dispose();
    }

    private void CountDown()
    {
        if (Interlocked.Decrement(ref _remaining) == 0)
            _cancelled.Cancel();
    }
}
