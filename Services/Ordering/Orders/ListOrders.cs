using Microsoft.EntityFrameworkCore;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Orders;

/// <summary>The caller's own orders, newest first. Pages go by the id, whose UUIDv7 grows with time, so nothing is skipped or repeated while new orders come.</summary>
internal sealed class ListOrders(OrderingDb db, PageTokens tokens)
{
    private const string List = "orders";

    private sealed record Position(Guid Member, Guid Last);

    public async Task<ListOrdersResponse> HandleAsync(ListOrdersRequest request, Caller caller, CancellationToken cancel)
    {
        var member = caller.Member;
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        var position = tokens.ReadOrDefault<Position>(check, List, request.PageToken, issued => issued.Member == member);
        Guid? after = request.AfterId.Length == 0 ? position?.Last : check.Uuid("afterId", request.AfterId);
        check.That(request.AfterId.Length == 0 || position is null, "afterId", "must not be given together with a page token");
        check.ThrowIfAny();

        var query = db.Orders.AsNoTracking().Where(order => order.MemberId == member);
        if (after is not null)
            query = query.Where(order => order.Id < after);

        var orders = await query.OrderByDescending(order => order.Id).Take(size + 1).ToListAsync(cancel);
        var page = orders.Take(size).ToList();
        return new()
        {
            Orders = { page.Select(order => order.ToContract()) },
            NextPageToken = orders.Count > size ? tokens.Write(List, new Position(member, page[^1].Id)) : "",
        };
    }
}
