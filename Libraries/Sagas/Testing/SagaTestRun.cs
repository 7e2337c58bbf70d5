using Google.Protobuf;
using Shop.Sagas.Store;

namespace Shop.Sagas.Testing;

/// <summary>The result of a saga in a test.</summary>
public sealed class SagaTestRun
{
    private readonly IReadOnlyList<SagaProgress> _progress;
    private readonly IReadOnlyList<SagaLogEntry> _entries;
    private readonly IReadOnlyList<(string Method, IMessage Request)> _calls;

    internal SagaTestRun(IReadOnlyList<SagaProgress> progress, IReadOnlyList<(string Method, IMessage Request)> calls, object state, Guid id) =>
        (_progress, _entries, _calls, State, Id) = (progress, [.. progress.SelectMany(written => written.Entries)], calls, state, id);

    /// <summary>The saga's id.</summary>
    public Guid Id { get; }

    /// <summary>Every attempt except the end: "reserve stock", "authorise payment", "undo reserve stock". Without entries of a passed deadline.</summary>
    public IReadOnlyList<string> Steps => [.. _entries.SkipLast(1).Where(entry => entry.Outcome != "timed_out").Select(entry => entry.IsUndo ? $"undo {entry.Step}" : entry.Step)];

    /// <summary>Every log entry with its outcome: "authorise payment refused".</summary>
    public IReadOnlyList<string> Outcomes => [.. _entries.Select(entry => $"{(entry.IsUndo ? "undo " : "")}{entry.Step} {entry.Outcome}")];

    /// <summary>The methods that were called, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Select(call => call.Method)];

    /// <summary>The final status.</summary>
    public SagaStatus Status => _progress[^1].Status;

    /// <summary>Why it compensated; null if it did not.</summary>
    public string? Reason => _progress[^1].Reason;

    /// <summary>The state stored last.</summary>
    public object State { get; }

    /// <summary>The requests of one type, in order.</summary>
    public IReadOnlyList<TRequest> Requests<TRequest>() where TRequest : IMessage => [.. _calls.Select(call => call.Request).OfType<TRequest>()];
}
