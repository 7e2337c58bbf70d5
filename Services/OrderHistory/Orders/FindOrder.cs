using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.OrderHistory.Orders;

/// <summary>One order of any member, with what only operators see of it.</summary>
internal sealed class FindOrder(OrderHistoryDb db)
{
    public async Task<FindOrderResponse> HandleAsync(FindOrderRequest request, CancellationToken cancel)
    {
        var id = Check.Uuid(request.OrderId) ?? throw new NotFoundException();
        var order = await db.WholeOrders.SingleOrDefaultAsync(order => order.Id == id, cancel) ?? throw new NotFoundException();
        return new() { Order = order.ToMemberOrder() };
    }
}
