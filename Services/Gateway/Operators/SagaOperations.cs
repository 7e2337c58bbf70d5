using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Gateway.Operators;

/// <summary>What an operator sees of the sagas, and does to one that waits.</summary>
internal static class SagaOperations
{
    /// <summary>For the API's document; Ordering knows them.</summary>
    internal static readonly string[] States = ["running", "compensating", "completed", "compensated", "overdue"];

    public static async Task<Ok<Page<SagaView>>> ListAsync(
        string? state, string? pageSize, string? pageToken, OrderingServiceClient ordering, CancellationToken cancel)
    {
        var check = new Check();
        var request = new ListSagasRequest
        {
            State = state ?? "",
            PageSize = check.PageSize(pageSize),
            PageToken = pageToken ?? "",
        };
        var answer = await check.AnswerAsync(ordering.ListSagasAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(Pages.Of(answer.Sagas.Select(SagaView.Of), answer.NextPageToken));
    }

    public static async Task<Ok<SagaDetailsView>> GetAsync(string id, OrderingServiceClient ordering, CancellationToken cancel) =>
        TypedResults.Ok(SagaDetailsView.Of(await ordering.GetSagaAsync(new() { SagaId = RouteId.Required(id) }, cancellationToken: cancel)));

    /// <summary>Accepted: the step is tried now, and how that ends the saga's log will tell.</summary>
    public static async Task<Accepted> RetryAsync(string id, OrderingServiceClient ordering, CancellationToken cancel)
    {
        id = RouteId.Required(id);
        await ordering.RetrySagaAsync(new() { SagaId = id }, cancellationToken: cancel);
        return TypedResults.Accepted($"/api/v1/ops/sagas/{id}");
    }

    /// <summary>Accepted: the saga compensates, and its log tells how that ends.</summary>
    public static async Task<Accepted> CompensateAsync(string id, HttpContext http, OrderingServiceClient ordering, CancellationToken cancel)
    {
        var reason = ReasonBody.Read(await JsonBody.ReadAsync(http.Request, cancel));
        id = RouteId.Required(id);
        await ordering.CompensateSagaAsync(new() { SagaId = id, Reason = reason }, cancellationToken: cancel);
        return TypedResults.Accepted($"/api/v1/ops/sagas/{id}");
    }
}
