using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Gateway.Orders;
using Shop.OrderHistory.V1;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using static Shop.OrderHistory.V1.OrderHistoryService;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Gateway.Operators.Orders;

/// <summary>What an operator sees of all members' orders, and refunds.</summary>
internal static class OrderOperations
{
    private static readonly string[] Statuses = ["pending", "confirmed", "dispatched", "delivered", "rejected", "cancelling", "cancelled"];

    public static void MapOrderOperations(this RouteGroupBuilder ops)
    {
        ops.MapGet("/orders", ListAsync).WithMetadata(new InBothLanguages(), new StatesOf(Statuses))
            .WithName("findOrders").WithSummary("The orders of all members or of one, with one status or with any, newest first.").Answers(400, 401, 403);
        ops.MapGet("/orders/{id}", GetAsync).WithMetadata(new InBothLanguages())
            .WithName("findOrder").WithSummary("One order of any member, with its payment and shipment.").Answers(401, 403, 404);
        ops.MapPost("/orders/{id}/refund", RefundAsync)
            .WithName("refundOrder").WithSummary("Cancels and refunds an order that was confirmed, wherever its parcel is. Accepted means that it is being cancelled.")
            .Takes<ReasonBody>(ReasonBody.Example).Answers(401, 403, 404, 409, 422);
    }

    private static async Task<Ok<Page<MemberOrderView>>> ListAsync(
        string? status, string? memberId, string? pageSize, string? pageToken, HttpContext http,
        OrderHistoryServiceClient history, CancellationToken cancel)
    {
        var language = http.PickLanguage();
        var check = new Check();
        var request = new FindOrdersRequest { Status = status ?? "", MemberId = memberId ?? "", PageSize = check.PageSize(pageSize), PageToken = pageToken ?? "" };
        var answer = await check.AnswerAsync(history.FindOrdersAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(Pages.Of(answer.Orders.Select(order => MemberOrderView.Of(order, language)), answer.NextPageToken));
    }

    private static async Task<Ok<MemberOrderView>> GetAsync(string id, HttpContext http, OrderHistoryServiceClient history, CancellationToken cancel)
    {
        var language = http.PickLanguage();
        var answer = await history.FindOrderAsync(new() { OrderId = RouteId.Required(id) }, cancellationToken: cancel);
        return TypedResults.Ok(MemberOrderView.Of(answer.Order, language));
    }

    private static async Task<Accepted<OrderAccepted>> RefundAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpRequest http, OrderingServiceClient ordering, CancellationToken cancel)
    {
        var reason = ReasonBody.Read(await JsonBody.ReadAsync(http, cancel));
        var request = new RefundOrderRequest { IdempotencyKey = idempotencyKey ?? "", OrderId = RouteId.Required(id), Reason = reason };
        var answer = await new Check().AnswerAsync(ordering.RefundOrderAsync(request, cancellationToken: cancel), ("idempotencyKey", "Idempotency-Key"));
        return TypedResults.Accepted($"/api/v1/orders/{answer.OrderId}", new OrderAccepted(answer.OrderId, answer.Status));
    }
}
