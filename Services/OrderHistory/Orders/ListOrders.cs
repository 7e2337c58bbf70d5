using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.OrderHistory.Orders;

/// <summary>
/// The caller's own orders, newest first. Pages go by the order's id, a UUIDv7 that Ordering made, so a position is valid in Ordering's list, too: the gateway merges both,
/// and signs the position. Here it leads to nothing but the caller's own orders, whatever it is.
/// </summary>
internal sealed class ListOrders(OrderHistoryDb db)
{
    public async Task<ListOrdersResponse> HandleAsync(ListOrdersRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        Guid? after = request.AfterId.Length == 0 ? null : check.Uuid("afterId", request.AfterId);
        check.ThrowIfAny();

        var member = caller.Member;
        var query = db.WholeOrders.Where(order => order.MemberId == member);
        if (after is not null)
            query = query.Where(order => order.Id < after);

        var orders = await query.OrderByDescending(order => order.Id).Take(size + 1).ToListAsync(cancel);
        return new() { Orders = { orders.Take(size).Select(order => order.ToContract()) }, HasMore = orders.Count > size };
    }
}
