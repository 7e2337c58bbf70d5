using Shop.Sagas;
using Shop.Sagas.Inspection;

namespace Shop.Ordering.Operators;

/// <summary>The states operators filter sagas by. Each saga is in one of them: what is overdue is neither running nor compensating.</summary>
internal static class SagaStates
{
    public const string Overdue = "overdue";
    public const string Rule = "must be running, compensating, completed, compensated or overdue";

    public static string Name(SagaStatus status) => status switch
    {
        SagaStatus.Running => "running",
        SagaStatus.Compensating => "compensating",
        SagaStatus.Completed => "completed",
        SagaStatus.Compensated => "compensated",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>Empty is all.</summary>
    public static bool IsKnown(string state) => state is "" or Overdue || Status(state) is not null;

    /// <param name="state">A known one.</param>
    public static SagaFilter Filter(string state) => state switch
    {
        "" => new(),
        Overdue => new() { Overdue = true },
        _ => new() { Overdue = false, Status = Status(state) ?? throw new ArgumentOutOfRangeException(nameof(state), state, null) },
    };

    private static SagaStatus? Status(string state) => Enum.GetValues<SagaStatus>().Where(status => Name(status) == state).Cast<SagaStatus?>().FirstOrDefault();
}
