using Microsoft.EntityFrameworkCore;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.OrderHistory.Orders;

/// <summary>Orders of all members, newest first, by status, by member, or both.</summary>
internal sealed class FindOrders(OrderHistoryDb db, PageTokens tokens)
{
    private const string List = "all orders";

    private sealed record Position(string Status, Guid? Member, Guid Last);

    public async Task<FindOrdersResponse> HandleAsync(FindOrdersRequest request, CancellationToken cancel)
    {
        var check = new Check();
        check.That(request.Status.Length == 0 || OrderStatus.All.Contains(request.Status), "status", $"must be one of {string.Join(", ", OrderStatus.All)}");
        Guid? member = request.MemberId.Length == 0 ? null : check.Uuid("memberId", request.MemberId);
        var size = Page.Size(check, request.PageSize);
        var position = tokens.ReadOrDefault<Position>(check, List, request.PageToken);
        check.That(
            position is null || ((request.Status.Length == 0 || request.Status == position.Status) && (request.MemberId.Length == 0 || member == position.Member)),
            "pageToken", "was issued for another list");
        check.ThrowIfAny();

        var (status, of) = position is null ? (request.Status, member) : (position.Status, position.Member);
        var query = db.WholeOrders;
        if (status.Length > 0)
            query = query.Where(order => order.Status == status);
        if (of is not null)
            query = query.Where(order => order.MemberId == of);
        if (position is not null)
            query = query.Where(order => order.Id < position.Last);

        var orders = await query.OrderByDescending(order => order.Id).Take(size + 1).ToListAsync(cancel);
        return new()
        {
            Orders = { orders.Take(size).Select(order => order.ToMemberOrder()) },
            NextPageToken = orders.Count > size ? tokens.Write(List, new Position(status, of, orders[size - 1].Id)) : "",
        };
    }
}
