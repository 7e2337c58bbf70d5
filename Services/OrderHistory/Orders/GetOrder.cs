using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.OrderHistory.Orders;

/// <summary>An order for the member who placed it, or for an operator. Another member's is not found.</summary>
internal sealed class GetOrder(OrderHistoryDb db)
{
    public async Task<GetOrderResponse> HandleAsync(GetOrderRequest request, Caller caller, CancellationToken cancel)
    {
        var id = Check.Uuid(request.OrderId) ?? throw new NotFoundException();
        var order = await db.WholeOrders.SingleOrDefaultAsync(order => order.Id == id, cancel);
        return order is { MemberId: { } member } && caller.May(member) ? new() { Order = order.ToContract() } : throw new NotFoundException();
    }
}
