using Microsoft.EntityFrameworkCore;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Orders;

/// <summary>An order for the member who placed it, or for an operator. Another member's is not found, so that nobody learns that it exists.</summary>
internal sealed class GetOrder(OrderingDb db)
{
    public async Task<GetOrderResponse> HandleAsync(GetOrderRequest request, Caller caller, CancellationToken cancel) =>
        new() { Order = (await FindAsync(request.OrderId, caller, cancel)).ToContract() };

    /// <exception cref="NotFoundException">There is none, or not for this caller.</exception>
    public async Task<Order> FindAsync(string orderId, Caller caller, CancellationToken cancel)
    {
        var id = Check.Uuid(orderId) ?? throw new NotFoundException();
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(order => order.Id == id, cancel);
        return order is not null && caller.May(order.MemberId) ? order : throw new NotFoundException();
    }
}
