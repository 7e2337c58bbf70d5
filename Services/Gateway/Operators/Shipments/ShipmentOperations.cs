using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;
using Shop.Shipping.V1;
using static Shop.Shipping.V1.ShippingService;

namespace Shop.Gateway.Operators.Shipments;

/// <summary>What an operator sees of the shipments, and does where the courier does not.</summary>
internal static class ShipmentOperations
{
    /// <summary>For the API's document; Shipping knows them.</summary>
    private static readonly string[] States = ["created", "dispatched", "delivered", "failed", "called_off"];

    public static void MapShipments(this RouteGroupBuilder ops)
    {
        ops.MapGet("/shipments", ListAsync)
            .WithName("listShipments").WithSummary("The shipments, of one state or of all, newest first.").WithMetadata(new StatesOf(States)).Answers(400, 401, 403);
        ops.MapPost("/shipments/{id}/dispatch", DispatchAsync)
            .WithName("dispatchShipment").WithSummary("The parcel has left.").Answers(401, 403, 404, 409);
        ops.MapPost("/shipments/{id}/deliver", DeliverAsync)
            .WithName("deliverShipment").WithSummary("The dispatched parcel has arrived.").Answers(401, 403, 404, 409);
        ops.MapPost("/shipments/{id}/fail", FailAsync)
            .WithName("failShipment").WithSummary("The dispatched parcel will not arrive.").Takes<FailureBody>(FailureBody.Example).Answers(401, 403, 404, 409);
    }

    private static async Task<Ok<Page<ListedShipmentView>>> ListAsync(
        string? state, string? pageSize, string? pageToken, ShippingServiceClient shipping, CancellationToken cancel)
    {
        var check = new Check();
        var request = new ListShipmentsRequest
        {
            State = state ?? "",
            PageSize = check.PageSize(pageSize),
            PageToken = pageToken ?? "",
        };
        var answer = await check.AnswerAsync(shipping.ListShipmentsAsync(request, cancellationToken: cancel));
        return TypedResults.Ok(Pages.Of(answer.Shipments.Select(ListedShipmentView.Of), answer.NextPageToken));
    }

    private static async Task<NoContent> DispatchAsync(string id, ShippingServiceClient shipping, CancellationToken cancel)
    {
        await shipping.DispatchAsync(new() { ShipmentId = RouteId.Required(id) }, cancellationToken: cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> DeliverAsync(string id, ShippingServiceClient shipping, CancellationToken cancel)
    {
        await shipping.DeliverAsync(new() { ShipmentId = RouteId.Required(id) }, cancellationToken: cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> FailAsync(string id, HttpRequest http, ShippingServiceClient shipping, CancellationToken cancel)
    {
        var request = FailureBody.Read(await JsonBody.ReadAsync(http, cancel), RouteId.Required(id));
        await shipping.FailAsync(request, cancellationToken: cancel);
        return TypedResults.NoContent();
    }
}
