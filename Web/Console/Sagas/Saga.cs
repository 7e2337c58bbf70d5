using Shop.Design.Pages;

namespace Shop.Console.Sagas;

/// <summary>A saga of the API.</summary>
/// <param name="State"><c>running</c>, <c>compensating</c>, <c>completed</c>, <c>compensated</c> or <c>overdue</c>.</param>
/// <param name="Step">Null at the end.</param>
/// <param name="OrderId">What it is about.</param>
/// <param name="Steps">The saga log; null in lists.</param>
public sealed record Saga(
    string Id, string Type, string State, string? Step, int Attempts, DateTimeOffset StartedAt, DateTimeOffset? Deadline, DateTimeOffset? DueAt, string? OrderId, IReadOnlyList<SagaStep>? Steps = null)
{
    /// <summary>In the order in which they are offered.</summary>
    internal static IReadOnlyList<string> States { get; } = ["overdue", "running", "compensating", "completed", "compensated"];

    /// <summary>Nothing is done any more.</summary>
    public bool HasEnded => State is "completed" or "compensated";
}

/// <summary>An attempt of a step.</summary>
/// <param name="Direction"><c>forward</c> or <c>back</c>.</param>
public sealed record SagaStep(int Sequence, string Step, string Direction, int Attempt, string Outcome, string? Error, DateTimeOffset StartedAt, double DurationMs, string? TraceId);

/// <summary>A page of sagas, of one state or of all, of one order or of all.</summary>
public sealed record SagasModel(IReadOnlyList<Saga> Sagas, string? State, string? OrderId, string? NextPageToken, FormErrors Errors);
