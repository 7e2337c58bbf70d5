using Google.Protobuf;
using Shop.Sagas.Store;

namespace Shop.Sagas.Testing;

/// <summary>What came of a saga in a test.</summary>
public sealed class SagaTestRun
{
    private readonly IReadOnlyList<SagaProgress> _progress;
    private readonly IReadOnlyList<SagaLogEntry> _lines;
    private readonly IReadOnlyList<(string Method, IMessage Request)> _calls;

    internal SagaTestRun(IReadOnlyList<SagaProgress> progress, IReadOnlyList<(string Method, IMessage Request)> calls, object state, Guid id) =>
        (_progress, _lines, _calls, State, Id) = (progress, [.. progress.SelectMany(written => written.Lines)], calls, state, id);

    public Guid Id { get; }

    /// <summary>Every attempt but the end: "reserve stock", "authorise payment", "undo reserve stock". A deadline that passed is no attempt.</summary>
    public IReadOnlyList<string> Steps => [.. _lines.SkipLast(1).Where(line => line.Outcome != "timed_out").Select(line => line.IsUndo ? $"undo {line.Step}" : line.Step)];

    /// <summary>The same with outcomes: "authorise payment refused".</summary>
    public IReadOnlyList<string> Outcomes => [.. _lines.Select(line => $"{(line.IsUndo ? "undo " : "")}{line.Step} {line.Outcome}")];

    /// <summary>The methods that were called, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Select(call => call.Method)];

    public SagaStatus Status => _progress[^1].Status;

    public string? Reason => _progress[^1].Reason;

    /// <summary>As it was stored last.</summary>
    public object State { get; }

    public IReadOnlyList<TRequest> Requests<TRequest>() where TRequest : IMessage => [.. _calls.Select(call => call.Request).OfType<TRequest>()];
}
