using Shop.Sagas;
using Shop.Sagas.Inspection;
using Shop.ServiceDefaults;

namespace Shop.Ordering.Operators;

/// <summary>The states operators filter sagas by. Each saga is in one of them: what is overdue is neither running nor compensating.</summary>
internal static class SagaStates
{
    public const string Overdue = "overdue";

    public static string Name(SagaStatus status) => status switch
    {
        SagaStatus.Running => "running",
        SagaStatus.Compensating => "compensating",
        SagaStatus.Completed => "completed",
        SagaStatus.Compensated => "compensated",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static SagaFilter Filter(string state) => state switch
    {
        "" => new(),
        Overdue => new() { Overdue = true },
        _ => new() { Overdue = false, Status = Enum.GetValues<SagaStatus>().Where(status => Name(status) == state).Cast<SagaStatus?>().FirstOrDefault() ?? throw Unknown() },
    };

    private static InvalidException Unknown() => new("state", "must be running, compensating, completed, compensated or overdue");
}
