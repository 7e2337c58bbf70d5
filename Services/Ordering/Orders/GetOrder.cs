using Microsoft.EntityFrameworkCore;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;

namespace Shop.Ordering.Orders;

/// <summary>An order for the member who placed it, or for an operator. Somebody else's is not found: that it exists is nobody's business.</summary>
public sealed class GetOrder(OrderingDb db)
{
    public async Task<GetOrderResponse> HandleAsync(GetOrderRequest request, Caller caller, CancellationToken cancel)
    {
        if (!Guid.TryParse(request.OrderId, out var id))
            throw new NotFoundException();

        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(order => order.Id == id, cancel);
        return order is not null && caller.May(order.MemberId)
            ? new() { Order = order.ToContract() }
            : throw new NotFoundException();
    }
}
