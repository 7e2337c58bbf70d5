using System.Collections.Concurrent;
using Shop.Chaos.Reporting;

namespace Shop.Chaos.Actors;

/// <summary>What was unusual about requests and answers. Thread-safe.</summary>
internal sealed class RequestLog
{
    private const int MostKept = 50;
    private readonly ConcurrentQueue<string> _unexpected = [];
    private readonly ConcurrentQueue<string> _unanswered = [];
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private int _repeats;
    private int _failures;

    /// <summary>Answers that nothing in the plan explains, the first ones. Each is a violation.</summary>
    public IReadOnlyList<string> Unexpected => [.. _unexpected];

    /// <summary>Requests that were given up. Each is a violation.</summary>
    public IReadOnlyList<string> Unanswered => [.. _unanswered];

    public RequestFigures ToFigures() => new(Unexpected, Unanswered, new Dictionary<string, int>(_refusals), _repeats, _failures);

    public void Repeated() => Interlocked.Increment(ref _repeats);

    public void Failed() => Interlocked.Increment(ref _failures);

    public void Refused(string reason) => _refusals.AddOrUpdate(reason, 1, (_, count) => count + 1);

    public void AddUnexpected(int step, string what) => Add(_unexpected, step, what);

    public void AddUnanswered(int step, string what) => Add(_unanswered, step, what);

    private static void Add(ConcurrentQueue<string> to, int step, string what)
    {
        if (to.Count < MostKept)
            to.Enqueue($"Step {step}: {what}");
    }
}
