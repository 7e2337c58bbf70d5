using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Gateway.Operators.Sagas;

/// <summary>What an operator sees of the sagas, and does to one that waits.</summary>
internal static class SagaOperations
{
    /// <summary>For the API's document; Ordering knows them.</summary>
    private static readonly string[] States = ["running", "compensating", "completed", "compensated", "overdue"];

    public static void MapSagas(this RouteGroupBuilder ops)
    {
        ops.MapGet("/sagas", ListAsync)
            .WithName("listSagas").WithSummary("The sagas, in one state or in any, of one order or of all, newest first.").WithMetadata(new StatesOf(States)).Answers(400, 401, 403);
        ops.MapGet("/sagas/{id}", GetAsync)
            .WithName("getSaga").WithSummary("One saga with every step, attempt, duration, error and trace id.").Answers(401, 403, 404);
        ops.MapPost("/sagas/{id}/retry", RetryAsync)
            .WithName("retrySaga").WithSummary("Tries the step that waits now.").Answers(401, 403, 404, 422);
        ops.MapPost("/sagas/{id}/compensate", CompensateAsync)
            .WithName("compensateSaga").WithSummary("Undoes a saga that has not passed its pivot.").Takes<ReasonBody>(ReasonBody.Example).Answers(401, 403, 404, 409);
    }

    private static async Task<Ok<Page<SagaView>>> ListAsync(
        string? state, string? orderId, string? pageSize, string? pageToken, OrderingServiceClient ordering, CancellationToken cancel)
    {
        var check = new Check();
        var request = new ListSagasRequest
        {
            State = state ?? "",
            OrderId = orderId ?? "",
            PageSize = check.PageSize(pageSize),
            PageToken = pageToken ?? "",
        };
        var answer = await check.AnswerAsync(ordering.ListSagasAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(Pages.Of(answer.Sagas.Select(SagaView.Of), answer.NextPageToken));
    }

    private static async Task<Ok<SagaDetailsView>> GetAsync(string id, OrderingServiceClient ordering, CancellationToken cancel) =>
        TypedResults.Ok(SagaDetailsView.Of(await ordering.GetSagaAsync(new() { SagaId = RouteId.Required(id) }, cancellationToken: cancel)));

    /// <summary>Accepted: the step is tried now; the saga's log has the outcome.</summary>
    private static async Task<Accepted> RetryAsync(string id, OrderingServiceClient ordering, CancellationToken cancel)
    {
        id = RouteId.Required(id);
        await ordering.RetrySagaAsync(new() { SagaId = id }, cancellationToken: cancel);
        return TypedResults.Accepted($"/api/v1/ops/sagas/{id}");
    }

    /// <summary>Accepted: the saga compensates; its log has the outcome.</summary>
    private static async Task<Accepted> CompensateAsync(string id, HttpContext http, OrderingServiceClient ordering, CancellationToken cancel)
    {
        var reason = ReasonBody.Read(await JsonBody.ReadAsync(http.Request, cancel));
        id = RouteId.Required(id);
        await ordering.CompensateSagaAsync(new() { SagaId = id, Reason = reason }, cancellationToken: cancel);
        return TypedResults.Accepted($"/api/v1/ops/sagas/{id}");
    }
}
