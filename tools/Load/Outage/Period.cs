using System.Collections.Concurrent;

namespace Shop.Load.Outage;

/// <summary>The times of one kind of call, in milliseconds, and how many were answered with an error.</summary>
internal sealed class CallTimes
{
    private int _errors;

    public ConcurrentBag<double> Milliseconds { get; } = [];

    public int Errors => _errors;

    public void Add((double Milliseconds, bool IsError) call)
    {
        Milliseconds.Add(call.Milliseconds);
        if (call.IsError)
            Interlocked.Increment(ref _errors);
    }
}

/// <summary>What was measured while one condition held.</summary>
internal sealed record Period(IReadOnlyDictionary<string, CallTimes> Calls, IReadOnlyCollection<Guid> Orders)
{
    public int Errors => Calls.Values.Sum(times => times.Errors);
}
