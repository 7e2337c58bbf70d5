
namespace Shop.Sagas.Store;

/// <summary>The stored names of statuses.</summary>
internal static class SagaStatusNames
{
    public static string Of(SagaStatus status) => status switch
    {
        SagaStatus.Running => "running",
        SagaStatus.Compensating => "compensating",
        SagaStatus.Completed => "completed",
        SagaStatus.Compensated => "compensated",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static SagaStatus Read(string name) => name switch
    {
        "running" => SagaStatus.Running,
        "compensating" => SagaStatus.Compensating,
        "completed" => SagaStatus.Completed,
        "compensated" => SagaStatus.Compensated,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
