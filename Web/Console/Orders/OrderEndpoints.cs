using Shop.Console.Actions;
using Shop.Console.Sagas;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;

namespace Shop.Console.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapPage("/orders", ListAsync);
        app.MapPage("/orders/{id:guid}", async (Guid id, OrderCalls orders, SagaCalls sagas, CancellationToken cancel) =>
            await orders.FindAsync(id, cancel) is { } order
                ? (IResult)View.Of<OrderPage>(new OrderModel(order, await sagas.FindOfOrderAsync(id, cancel)))
                : View.Of<OrderMissingPage>(id, StatusCodes.Status404NotFound));
        app.MapAction("/orders/{id:guid}/refund", RefundOrder.Action);
    }

    private static async Task<IResult> ListAsync(
        string? orderId, string? status, string? memberId, string? pageToken, HttpContext http, OrderCalls orders, Wording words, CancellationToken cancel)
    {
        if (orderId?.Trim() is { Length: > 0 } number)
            return Find(number, http, words);

        var (known, member) = (Order.Statuses.Contains(status) ? status : null, memberId?.Trim());
        try
        {
            var page = await orders.ListAsync(known, member, pageToken, cancel);
            return View.Of<OrdersPage>(new OrdersModel(page.Items, known, member, page.NextPageToken, FormErrors.None));
        }
        catch (ApiException failure) when (failure.Status == 400 && failure.Errors.ContainsKey("memberId"))
        {
            return View.Of<OrdersPage>(new OrdersModel([], known, member, null, FormErrors.None.With("memberId", words["invalid.memberId"])), StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>A number leads to its order's page, which says whether there is one.</summary>
    private static IResult Find(string number, HttpContext http, Wording words) => Guid.TryParse(number, out var id)
        ? Go.To(http, $"/orders/{id}")
        : View.Of<OrdersPage>(new OrdersModel([], null, null, null, FormErrors.None.With("orderId", words["invalid.orderId"]), number), StatusCodes.Status422UnprocessableEntity);
}
