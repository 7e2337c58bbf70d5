using Microsoft.AspNetCore.WebUtilities;
using Shop.Design.Gateway;
using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Storefront.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapPage("/orders", async (string? pageToken, GatewayClient gateway, CancellationToken cancel) =>
            View.Of<OrdersPage>(await gateway.GetMineAsync<PageOf<Order>>(pageToken is null ? "/api/v1/orders" : QueryHelpers.AddQueryString("/api/v1/orders", "pageToken", pageToken), cancel)));
        app.MapPage("/orders/{id:guid}", async (Guid id, string? refused, GatewayClient gateway, CancellationToken cancel) =>
            View.Of<OrderPage>(await ModelAsync(id, refused, gateway, cancel)));
        app.MapPage("/orders/{id:guid}/live", async (Guid id, GatewayClient gateway, CancellationToken cancel) =>
            View.Of<OrderLive>(await ModelAsync(id, null, gateway, cancel)));
        app.MapPage("/orders/{id:guid}/events", OrderEvents.HandleAsync);
        app.MapForm("/orders/{id:guid}/cancel", CancelAsync);
    }

    private static async Task<OrderModel> ModelAsync(Guid id, string? refused, GatewayClient gateway, CancellationToken cancel) =>
        new(await gateway.GetMineAsync<Order>($"/api/v1/orders/{id}", cancel), $"{Guid.CreateVersion7()}", refused);

    private static async Task<IResult> CancelAsync(Guid id, HttpContext http, GatewayClient gateway, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var reason = form["reason"].ToString().Trim();
        try
        {
            await gateway.SendAsync<object>(HttpMethod.Post, $"/api/v1/orders/{id}/cancel", reason.Length > 0 ? new { reason } : new { }, cancel, form["key"].ToString());
        }
        catch (ApiException failure) when (failure.Status is 400 or 409 or 422)
        {
            return Go.To(http, $"/orders/{id}?refused={failure.Reason ?? "invalid"}");
        }

        return Go.To(http, $"/orders/{id}");
    }
}
