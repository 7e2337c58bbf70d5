using Shop.Ordering.V1;
using Shop.Sagas.Inspection;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Operators;

/// <summary>The operators' calls about sagas: list, show, retry now, compensate.</summary>
internal sealed class InspectSagas(SagaOperations sagas, PageTokens tokens)
{
    private const string List = "sagas";

    private sealed record Position(string State, Guid? Order, Guid Last);

    public async Task<ListSagasResponse> ListAsync(ListSagasRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        check.That(SagaStates.IsKnown(request.State), "state", SagaStates.Rule);
        Guid? order = request.OrderId.Length == 0 ? null : check.Uuid("orderId", request.OrderId);
        var position = tokens.ReadOrDefault<Position>(check, List, request.PageToken);
        check.That(
            position is null || ((request.State.Length == 0 || request.State == position.State) && (request.OrderId.Length == 0 || order == position.Order)),
            "pageToken", "was issued for another list");
        check.ThrowIfAny();

        var (state, of) = position is null ? (request.State, order) : (position.State, position.Order);
        var found = await sagas.ListAsync(SagaStates.Filter(state) with { Subject = of?.ToString() }, position?.Last, size + 1, cancel);
        return new()
        {
            Sagas = { found.Take(size).Select(saga => saga.ToContract()) },
            NextPageToken = found.Count > size ? tokens.Write(List, new Position(state, of, found[size - 1].Id)) : "",
        };
    }

    public async Task<GetSagaResponse> GetAsync(GetSagaRequest request, CancellationToken cancel)
    {
        var saga = await sagas.FindAsync(Id(request.SagaId), cancel) ?? throw new NotFoundException();
        return new() { Saga = saga.Summary.ToContract(), Log = { saga.Log.Select(entry => entry.ToContract()) } };
    }

    public async Task<RetrySagaResponse> RetryAsync(RetrySagaRequest request, CancellationToken cancel)
    {
        var id = Id(request.SagaId);
        if (!await sagas.RetryNowAsync(id, cancel))
            throw await sagas.FindAsync(id, cancel) is null ? new NotFoundException() : new RefusedException("saga_ended", "This saga has ended.");

        return new();
    }

    public async Task<CountOverdueSagasResponse> CountOverdueAsync(CancellationToken cancel) => new() { Overdue = await sagas.CountOverdueAsync(cancel) };

    public async Task<CompensateSagaResponse> CompensateAsync(CompensateSagaRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        var reason = check.Line("reason", request.Reason, 1, 500);
        check.ThrowIfAny();

        return await sagas.CompensateAsync(Id(request.SagaId), "cancelled_by_operator", reason, caller.Member.ToString(), cancel) switch
        {
            CompensationRequest.Unknown => throw new NotFoundException(),
            CompensationRequest.PastPivot => throw new ConflictException("saga_past_pivot", "This saga is past its pivot: it can only go forward."),
            CompensationRequest.Ended => throw new ConflictException("saga_already_ended", "This saga has ended: there is nothing to compensate."),
            _ => new(),
        };
    }

    private static Guid Id(string text) => Check.Uuid(text) ?? throw new NotFoundException();
}
