using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using Shop.Ordering.V1;

namespace Shop.Gateway.Operators.Sagas;

/// <param name="State"><c>running</c>, <c>compensating</c>, <c>completed</c>, <c>compensated</c> or <c>overdue</c>.</param>
/// <param name="Step">The one that is next or under way; null at the end.</param>
/// <param name="DueAt">When it goes on; null at the end.</param>
/// <param name="OrderId">What it is about.</param>
internal record SagaView(
    string Id, string Type, string State, string? Step, int Attempts, DateTime StartedAt, DateTime? Deadline, DateTime? DueAt, string? OrderId)
{
    public static SagaView Of(Saga saga) => new(
        saga.SagaId, saga.Type, saga.State, ContractText.OrNull(saga.Step), saga.Attempts,
        saga.StartedAt.ToDateTime(), saga.Deadline?.ToDateTime(), saga.DueAt?.ToDateTime(), ContractText.OrNull(saga.OrderId));
}

/// <param name="Direction"><c>forward</c> or <c>back</c>.</param>
/// <param name="Outcome"><c>done</c>, <c>refused</c>, <c>failed</c> (whether it was done is not known), <c>again</c>, <c>timed_out</c> or <c>compensation requested</c>.</param>
internal sealed record SagaStepView(
    int Sequence, string Step, string Direction, int Attempt, string Outcome, string? Error, DateTime StartedAt, double DurationMs, string? TraceId)
{
    public static SagaStepView Of(SagaLogEntry entry) => new(
        entry.Sequence, entry.Step, entry.Direction, entry.Attempt, entry.Outcome, ContractText.OrNull(entry.Error),
        entry.StartedAt.ToDateTime(), Milliseconds(entry.Duration), ContractText.OrNull(entry.TraceId));

    private static double Milliseconds(Duration? duration) => duration?.ToTimeSpan().TotalMilliseconds ?? 0;
}

internal sealed record SagaDetailsView(
    string Id, string Type, string State, string? Step, int Attempts, DateTime StartedAt, DateTime? Deadline, DateTime? DueAt, string? OrderId,
    // A derived record's own properties would come first.
    [property: JsonPropertyOrder(1)] IReadOnlyList<SagaStepView> Steps) : SagaView(Id, Type, State, Step, Attempts, StartedAt, Deadline, DueAt, OrderId)
{
    public static SagaDetailsView Of(GetSagaResponse answer)
    {
        var saga = SagaView.Of(answer.Saga);
        return new(saga.Id, saga.Type, saga.State, saga.Step, saga.Attempts, saga.StartedAt, saga.Deadline, saga.DueAt, saga.OrderId, [.. answer.Log.Select(SagaStepView.Of)]);
    }
}
