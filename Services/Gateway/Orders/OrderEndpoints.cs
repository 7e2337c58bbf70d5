using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Gateway.Input;
using Shop.Gateway.Limits;
using Shop.Gateway.OpenApi;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using static Shop.Ordering.V1.OrderingService;

namespace Shop.Gateway.Orders;

internal sealed record OrderAccepted(string OrderId, string Status);

internal static class OrderEndpoints
{
    private const string List = "members-orders";

    private sealed record Position(Guid Member, string Last);

    public static void MapOrders(this WebApplication app)
    {
        var orders = app.MapGroup("/api/v1").WithTags("Orders").AllowMembers();

        orders.MapPost("/orders", PlaceAsync)
            .WithName("placeOrder").WithSummary("Places an order. Accepted means that the checkout has begun: its status has the outcome.")
            .Takes<PlaceOrderBody>(PlaceOrderBody.Example).Answers(401, 403, 409, 422);
        orders.MapGet("/orders", ListAsync).WithMetadata(new InBothLanguages())
            .WithName("listOrders").WithSummary("The member's own orders, newest first.").Answers(400, 401, 403);
        orders.MapGet("/orders/{id}", GetAsync).WithMetadata(new InBothLanguages())
            .WithName("getOrder").WithSummary("One of the member's own orders, with its payment and shipment.").Answers(401, 403, 404);
        orders.MapPost("/orders/{id}/cancel", CancelAsync)
            .WithName("cancelOrder").WithSummary("Cancels an order, until its parcel leaves. Accepted means that it is being cancelled: its status has the outcome.")
            .Takes<CancelBody>(CancelBody.Example, isOptional: true).Answers(401, 403, 404, 409, 422);
        orders.MapGet("/orders/{id}/events", OrderEvents.HandleAsync).RequireRateLimiting(MemberLimitExtensions.Streams)
            .WithName("watchOrder").WithSummary("An order's status as it changes, as server-sent events: the current one first, until the final one.")
            .Produces<OrderEvent>(StatusCodes.Status200OK, OrderEvents.ContentType).Produces(StatusCodes.Status204NoContent).Answers(401, 403, 404);
    }

    private static async Task<Results<Accepted<OrderAccepted>, ProblemHttpResult>> PlaceAsync(
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpRequest http, OrderingServiceClient ordering, CancellationToken cancel)
    {
        var body = await JsonBody.ReadAsync(http, cancel);
        var request = PlaceOrderBody.Read(body, idempotencyKey);
        var answer = await body.Check.AnswerAsync(
            ordering.PlaceOrderAsync(request, cancellationToken: cancel), ("lines", "items"), ("idempotencyKey", "Idempotency-Key"));
        if (answer.ChangedTotal is { } total)
            return Refusal.Of(StatusCodes.Status409Conflict, "price_changed", "The total is another one by now.", ("total", Money.Of(total)));

        return TypedResults.Accepted($"/api/v1/orders/{answer.OrderId}", new OrderAccepted(answer.OrderId, answer.Status));
    }

    private static async Task<Accepted<OrderAccepted>> CancelAsync(
        string id, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpRequest http, OrderingServiceClient ordering, CancellationToken cancel)
    {
        var body = await JsonBody.ReadOptionalAsync(http, cancel);
        var request = new CancelOrderRequest { IdempotencyKey = idempotencyKey ?? "", OrderId = RouteId.Required(id), Reason = body.OptionalText("reason") };
        body.Check.ThrowIfAny();
        var answer = await body.Check.AnswerAsync(ordering.CancelOrderAsync(request, cancellationToken: cancel), ("idempotencyKey", "Idempotency-Key"));
        return TypedResults.Accepted($"/api/v1/orders/{answer.OrderId}", new OrderAccepted(answer.OrderId, answer.Status));
    }

    private static async Task<Ok<Page<OrderView>>> ListAsync(
        string? pageSize, string? pageToken, HttpContext http, NewestOrders orders, OrderViews views, PageTokens tokens, CancellationToken cancel)
    {
        var language = http.PickLanguage();
        var member = http.Caller().Member;
        var check = new Check();
        // This list is composed here, so its page size and tokens are checked here.
        var size = Page.Size(check, check.PageSize(pageSize));
        var position = tokens.ReadOrDefault<Position>(check, List, pageToken, issued => issued.Member == member);
        check.ThrowIfAny();

        var found = await orders.ListAsync(size, position?.Last ?? "", cancel);
        var next = found.HasMore ? tokens.Write(List, new Position(member, found.Orders[^1].Order.OrderId)) : "";
        return TypedResults.Ok(Pages.Of(await views.OfAllAsync(found, language, cancel), next));
    }

    private static async Task<Ok<OrderView>> GetAsync(string id, HttpContext http, NewestOrders orders, OrderViews views, CancellationToken cancel)
    {
        var language = http.PickLanguage();
        var found = await orders.FindAsync(RouteId.Required(id), cancel);
        return TypedResults.Ok((await views.OfAllAsync(found, language, cancel)).Single());
    }
}
