namespace Shop.Load.ColdStart;

/// <summary>Background load: threads that only compute.</summary>
internal sealed class BusyCores : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _stop;

    public BusyCores(int threads)
    {
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Compute) { IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public void Dispose()
    {
        _stop = true;
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Compute()
    {
        while (!_stop)
            Thread.SpinWait(1_000);
    }
}
