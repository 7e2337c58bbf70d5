using Shop.Console.Actions;
using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Console.Shipments;

internal static class ShipmentEndpoints
{
    public static void MapShipments(this IEndpointRouteBuilder app)
    {
        app.MapPage("/shipments", async (string? state, string? pageToken, GatewayClient gateway, CancellationToken cancel) =>
        {
            var known = Shipment.States.Contains(state) ? state : null;
            var page = await gateway.GetMineAsync<PageOf<Shipment>>(ListAddress.Of("/api/v1/ops/shipments", ("state", known), ("pageToken", pageToken)), cancel);
            return View.Of<ShipmentsPage>(new ShipmentsModel(page.Items, known, page.NextPageToken));
        });
        app.MapAction("/shipments/{id:guid}/dispatch", ShipmentActions.Dispatch);
        app.MapAction("/shipments/{id:guid}/deliver", ShipmentActions.Deliver);
        app.MapAction("/shipments/{id:guid}/fail", ShipmentActions.Fail);
    }
}
