using Google.Protobuf.WellKnownTypes;
using Shop.Sagas.Inspection;

namespace Shop.Ordering.Operators;

internal static class SagaContract
{
    public static V1.Saga ToContract(this SagaSummary saga)
    {
        var contract = new V1.Saga
        {
            SagaId = saga.Id.ToString(),
            Type = saga.Type,
            State = saga.Overdue ? SagaStates.Overdue : SagaStates.Name(saga.Status),
            Step = saga.Step ?? "",
            Attempts = saga.Attempts,
            StartedAt = saga.StartedAt.ToTimestamp(),
            Deadline = saga.Deadline.ToTimestamp(),
            OrderId = saga.Subject ?? "",
        };

        if (saga.DueAt is { } due)
            contract.DueAt = due.ToTimestamp();

        return contract;
    }

    public static V1.SagaLogEntry ToContract(this Sagas.Inspection.SagaLogEntry entry) => new()
    {
        Sequence = checked((int)entry.Sequence),
        Step = entry.Step,
        Direction = entry.IsUndo ? "back" : "forward",
        Attempt = entry.Attempt,
        Outcome = entry.Outcome,
        Error = entry.Error ?? "",
        StartedAt = entry.StartedAt.ToTimestamp(),
        Duration = entry.Duration.ToDuration(),
        TraceId = entry.TraceId ?? "",
    };
}
